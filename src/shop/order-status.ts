/**
 * The states of an order and the ways between them, with what each way does to stock, points and dates
 * (docs/eccube/graphql.md, Parcels and states). Says what follows; the one who applies a transition reads and writes the rows.
 */

/** Ids of `mtb_order_status`. There is no 2. */
export const ORDER_STATUS = {
  new: 1,
  cancelled: 3,
  inProgress: 4,
  delivered: 5,
  paid: 6,
  pending: 7,
  processing: 8,
  returned: 9,
} as const;

/** What a transition does: +1 gives to the stock or the customer, -1 takes from them. */
export type Transition = {
  readonly name: string;
  readonly from: readonly number[];
  readonly to: number;
  readonly setsPaymentDate?: true;
  /** The ordered quantities, in both places where stock is stored. */
  readonly stock?: 1 | -1;
  /** `use_point` of the order, on the customer's points. */
  readonly usedPoints?: 1 | -1;
  /** `add_point` of the order, on the customer's points. */
  readonly earnedPoints?: 1 | -1;
};

/** Orders in these statuses count as purchases in a customer's summary (`buy_times`, `buy_total`, first and last date). */
export const PURCHASE_STATUSES: readonly number[] = [
  ORDER_STATUS.new,
  ORDER_STATUS.inProgress,
  ORDER_STATUS.delivered,
  ORDER_STATUS.paid,
];

const { new: fresh, paid, inProgress, cancelled, delivered, returned } = ORDER_STATUS;

export const TRANSITIONS: readonly Transition[] = [
  { name: 'pay', from: [fresh], to: paid, setsPaymentDate: true },
  { name: 'packing', from: [fresh, paid], to: inProgress },
  { name: 'cancel', from: [fresh, inProgress, paid], to: cancelled, stock: 1, usedPoints: 1 },
  { name: 'back_to_in_progress', from: [cancelled], to: inProgress, stock: -1, usedPoints: -1 },
  { name: 'ship', from: [fresh, paid, inProgress], to: delivered, earnedPoints: 1 },
  { name: 'return', from: [delivered], to: returned, usedPoints: 1, earnedPoints: -1 },
  { name: 'cancel_return', from: [returned], to: delivered, usedPoints: -1, earnedPoints: 1 },
];

/** The way from one status to another; undefined when there is none. */
export const transitionBetween = (from: number, to: number): Transition | undefined =>
  TRANSITIONS.find((transition) => transition.to === to && transition.from.includes(from));

/** By how much a transition changes the points of the order's customer. */
export const pointChange = (
  { usedPoints, earnedPoints }: Transition,
  order: { usePoint: number; addPoint: number },
  /** Whether the shop uses points now; without, EC-CUBE leaves used points where they are and still moves earned ones. */
  usesPoints: boolean,
): number => (usesPoints ? (usedPoints ?? 0) * order.usePoint : 0) + (earnedPoints ?? 0) * order.addPoint;
