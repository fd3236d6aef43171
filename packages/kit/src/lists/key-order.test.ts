import { createKeyOrder } from './key-order.js'

test('what comes later on a key waits for the earliest that waits, until that one is settled; other keys do not', () => {
  const order = createKeyOrder()
  order.wait('a', 10, { failures: 1, due: 500 })
  order.wait('a', 11, { failures: 0, due: 900 })
  expect(order.pauseBefore('a', 12, 100)).toBe(400)
  expect(order.pauseBefore('a', 12, 600)).toBe(0)
  expect(order.pauseBefore('a', 11, 100)).toBe(400)
  expect(order.pauseBefore('a', 10, 100)).toBeUndefined()
  expect(order.pauseBefore('a', 9, 100)).toBeUndefined()
  expect(order.pauseBefore('b', 12, 100)).toBeUndefined()
  order.settle('a', 10)
  expect(order.pauseBefore('a', 11, 100)).toBeUndefined()
  expect(order.pauseBefore('a', 12, 100)).toBe(800)
  order.settle('a', 11)
  expect(order.pauseBefore('a', 12, 100)).toBeUndefined()
})

test('what is at hand together is no obstacle to itself', () => {
  const order = createKeyOrder()
  order.wait('a', 10, { failures: 2, due: 500 })
  expect(order.pauseBefore('a', 11, 0, new Set([10, 11]))).toBeUndefined()
  expect(order.pauseBefore('a', 11, 0, new Set([11]))).toBe(500)
  expect(order.failuresOf('a', 10)).toBe(2)
  expect(order.failuresOf('a', 11)).toBe(0)
  order.clear()
  expect(order.failuresOf('a', 10)).toBe(0)
})
