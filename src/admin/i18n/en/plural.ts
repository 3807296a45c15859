/** A number with its noun: `1 key`, `2 keys`. */
export const plural = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;
