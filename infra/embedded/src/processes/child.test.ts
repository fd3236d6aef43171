import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratch } from '../../fixtures/scratch.js'
import { untilReady } from './child.js'

const made = scratch()
afterEach(() => made.clear())

const never = new Promise<never>(() => {})
const server = () => {
  const log = join(made.folder(), 'server.log')
  writeFileSync(log, 'no room\n')
  return { name: 'server', log }
}

test('a server that ends is told with the end of its log, also while a probe is not answered', async () => {
  const ended = Promise.resolve('server ended (SIGKILL)')
  await expect(untilReady({ ended }, server(), () => never)).rejects.toThrow('server ended (SIGKILL)\nno room')
})

test.each([
  ['a probe that is never answered', () => never],
  ['a probe that always fails', async () => Promise.reject(new Error('no'))],
  ['a probe that says no', async () => false],
])('a server that is not ready in time is told with the end of its log: %s', async (_, probe) => {
  await expect(untilReady({ ended: never }, server(), probe, 100)).rejects.toThrow(
    /^server was not ready within 0.1 s; its log is .*server.log\nno room$/,
  )
})

test('a server is ready when a probe says so', async () => {
  let probes = 0
  await untilReady({ ended: never }, server(), async () => ++probes === 3)
  expect(probes).toBe(3)
})
