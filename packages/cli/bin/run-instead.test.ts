import { spawn } from 'node:child_process'
import { once } from 'node:events'

const module = new URL('./run-instead.js', import.meta.url).href

/** A process that runs `script` in a process of its own, instead of itself. Resolves when the script has said that it is there. */
const start = async (script: string) => {
  const child = spawn(process.execPath, [
    '--input-type=module',
    '-e',
    `import { runInstead } from ${JSON.stringify(module)}
    runInstead(process.execPath, ['-e', ${JSON.stringify(script)}])`,
  ])
  const ended = once(child, 'close')
  const said: string[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => said.push(...text.trim().split('\n')))
  await once(child.stdout, 'data')
  return { child, ended, said }
}

const alive = (pid: string | undefined) => {
  try {
    return process.kill(Number(pid), 0)
  } catch {
    return false
  }
}

const waits = 'console.log(process.pid); setInterval(() => {}, 1_000)'
const endsInOrder = `for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(name, () => { console.log(name); process.exit(7) }); ${waits}`

test.each<[NodeJS.Signals, string]>([
  ['SIGTERM', 'SIGTERM'],
  ['SIGHUP', 'SIGHUP'],
  ['SIGINT', 'SIGTERM'],
])('%s reaches the program, whose exit code is told', async (signal, heard) => {
  const { child, ended, said } = await start(endsInOrder)
  child.kill(signal)
  expect(await ended).toEqual([7, null])
  expect(said[1]).toBe(heard)
  expect(alive(said[0])).toBe(false)
})

test.each<NodeJS.Signals>(['SIGTERM', 'SIGHUP', 'SIGINT'])(
  '%s ends a program that does not listen, and is told as what ended it',
  async (signal) => {
    const { child, ended, said } = await start(waits)
    child.kill(signal)
    expect(await ended).toEqual([null, signal])
    expect(alive(said[0])).toBe(false)
  },
)

test('a program that was killed is told so', async () => {
  const { ended, said } = await start(waits)
  process.kill(Number(said[0]), 'SIGKILL')
  expect(await ended).toEqual([null, 'SIGKILL'])
})
