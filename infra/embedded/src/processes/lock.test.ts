import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratch } from '../../fixtures/scratch.js'
import { Locked, lockFolder, takeLock, waitForLock } from './lock.js'
import { inspect } from './processes.js'

const made = scratch()
afterEach(() => made.clear())

test('a lock is held until it is released', async () => {
  const file = join(made.folder(), 'lock')
  const release = await takeLock(file)
  await expect(takeLock(file)).rejects.toThrow(Locked)
  await release()
  await (await takeLock(file))()
})

test('a folder in use names the process that uses it', async () => {
  const folder = made.folder()
  const other = made.process(spawn('sleep', ['60']))
  await once(other, 'spawn')
  writeFileSync(join(folder, 'lock'), JSON.stringify({ pid: other.pid, started: inspect(other.pid ?? 0)?.started }))
  await expect(lockFolder(folder)).rejects.toThrow(`in use by process ${other.pid}`)
})

test('a lock whose process is gone is taken over', async () => {
  const file = join(made.folder(), 'lock')
  const gone = spawn('true')
  await once(gone, 'exit')
  writeFileSync(file, JSON.stringify({ pid: gone.pid, started: '1' }))
  await takeLock(file)
  expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(process.pid)
})

test('a lock whose pid was given to another process is taken over', async () => {
  const file = join(made.folder(), 'lock')
  const other = made.process(spawn('sleep', ['60']))
  await once(other, 'spawn')
  writeFileSync(file, JSON.stringify({ pid: other.pid, started: 'long ago' }))
  await takeLock(file)
  expect(JSON.parse(readFileSync(file, 'utf8')).pid).toBe(process.pid)
})

test('who waits gets the lock after its release, one at a time', async () => {
  const file = join(made.folder(), 'lock')
  const order: string[] = []
  const work = async (name: string) => {
    const release = await waitForLock(file, () => {})
    order.push(`${name} in`)
    await new Promise(setImmediate)
    order.push(`${name} out`)
    await release()
  }
  await Promise.all([work('a'), work('b'), work('c')])
  expect(order).toHaveLength(6)
  for (let i = 0; i < 6; i += 2) expect(order[i]?.replace('in', 'out')).toBe(order[i + 1])
})
