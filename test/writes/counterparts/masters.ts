/** The pages of news, payments and deliveries. */
import type { ShopCounterpartOf } from './shop-counterpart.ts';

export const masterCounterpart: ShopCounterpartOf = () => 'not yet';
