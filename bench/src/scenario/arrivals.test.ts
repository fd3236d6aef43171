import { setTimeout as pause } from 'node:timers/promises'
import { arrive } from './arrivals.js'

test('actions begin at their rate, however long answers take, and are told when they were due', async () => {
  const due: number[] = []
  const began = performance.now()
  const notBegun = await arrive({ perSecond: 100 }, 0.2, async (dueAt) => {
    due.push(dueAt)
    await pause(150)
  })
  expect(notBegun).toBe(0)
  expect(due).toHaveLength(20)
  expect(due[19]! - due[0]!).toBeCloseTo(190, 3)
  expect(performance.now() - began).toBeGreaterThanOrEqual(300)
})

test('what would come beyond the most at once is not begun, and counted', async () => {
  let begun = 0
  const notBegun = await arrive(
    { perSecond: 100 },
    0.1,
    async () => {
      begun++
      await pause(500)
    },
    3,
  )
  expect([begun, notBegun]).toEqual([3, 7])
})

test('clients wait for their answer and think before they go on', async () => {
  let underWay = 0
  let greatest = 0
  let actions = 0
  await arrive({ clients: 2, thinkSeconds: 0.05 }, 0.2, async () => {
    greatest = Math.max(greatest, ++underWay)
    actions++
    await pause(10)
    underWay--
  })
  expect(greatest).toBe(2)
  expect(actions).toBeGreaterThanOrEqual(4)
  expect(actions).toBeLessThanOrEqual(8)
})
