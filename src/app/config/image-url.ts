/** `TEGATA_IMAGE_URL`: the address below which the shop's product images lie. */

export const IMAGE_URL = {
  meaning:
    'where `ProductImage.url` leads. Default `{TEGATA_SHOP_URL}/html/upload/save_image`, as in EC-CUBE',
  example: 'https://cdn.shop.example/images',
} as const;

type Addresses = {
  readonly imageUrl?: string | undefined;
  readonly shopUrl?: string | undefined;
  readonly publicUrl: string;
};

/** Without a slash at its end. */
export const imageUrlOf = ({ imageUrl, shopUrl, publicUrl }: Addresses): string =>
  imageUrl ?? `${shopUrl ?? publicUrl}/html/upload/save_image`;
