/**
 * Orders for one round after another. Over all of them everybody has each place equally often, and comes directly behind
 * each other equally often (a Williams design), so that none gains by what runs before it.
 */
export const turnOrders = <T>(all: readonly T[]): T[][] => {
  const count = all.length
  const zigzag = all.map((_, at) => (at % 2 ? count - (at + 1) / 2 : at / 2))
  const shifted = all.map((_, shift) => zigzag.map((at) => all[(at + shift) % count] as T))
  return count % 2 ? shifted.flatMap((order) => [order, order.toReversed()]) : shifted
}
