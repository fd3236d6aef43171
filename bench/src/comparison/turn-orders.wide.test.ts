import { turnOrders } from './turn-orders.js'

test.each([1, 2, 3, 4, 5, 6, 7])('%d take turns fairly', (count) => {
  const all = Array.from({ length: count }, (_, at) => at)
  const orders = turnOrders(all)
  for (const order of orders) expect(order.toSorted()).toEqual(all)
  for (const place of all) expect(tally(orders.map((order) => order[place]))).toEqual(evenly(count, orders.length))
  const behind = orders.flatMap((order) => order.slice(1).map((name, at) => `${order[at]} ${name}`))
  expect(tally(behind)).toEqual(evenly(count * (count - 1), behind.length))
})

/** How often each comes, without their names. */
const tally = (values: readonly unknown[]) => Object.values(Object.groupBy(values, String)).map((each) => each?.length)

const evenly = (count: number, all: number) => Array(count).fill(all / count)
