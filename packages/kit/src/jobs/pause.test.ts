import { createPause } from './pause.js'

const long = 1_000_000

test('a pause ends by itself, when it is woken, or at once when a wake came before it', async () => {
  const pause = createPause()
  await pause.wait(1)
  const waiting = pause.wait(long)
  pause.wake()
  await waiting
  pause.wake()
  pause.wake()
  await pause.wait(long)
})

test('one wake cuts one pause short', async () => {
  const pause = createPause()
  pause.wake()
  await pause.wait(long)
  let ended = false
  const next = pause.wait(long).then(() => {
    ended = true
  })
  await new Promise(setImmediate)
  expect(ended).toBe(false)
  pause.wake()
  await next
})
