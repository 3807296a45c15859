/** Which rows of the shop a client may keep ids and values of its own about. */

export const CLIENT_DATA_ENTITIES = ['Product', 'ProductClass', 'Order', 'Customer', 'Category'] as const;

export type ClientDataEntity = (typeof CLIENT_DATA_ENTITIES)[number];

/** The fields that show them, with the columns that they need: `create_date` tells a row from an earlier one with its id. */
export const CLIENT_DATA = {
  external_id: ['id', 'create_date'],
  metadata: ['id', 'create_date'],
} as const;
