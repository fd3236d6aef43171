import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { environment } from '@clientele/kit'
import type { Memory } from './memory.js'

/** A program of this package in a process of its own. */
export interface Child<Reply> {
  pid: number
  /** What it answered to its first message. */
  reply: Reply
  /** Sends one message and waits for its answer; one at a time. Rejects with the child's own error. */
  ask<T>(message: unknown): Promise<T>
  /** What it holds behind a collection of garbage, in bytes; undefined for a checkout whose programs cannot tell. */
  memory(): Promise<Memory | undefined>
  stop(): Promise<void>
}

export interface ChildOptions {
  /** Folder of another, built checkout to take the program from. */
  checkout?: string | undefined
  /** Folder for a CPU profile of the child's whole life, in V8's format. */
  profile?: string | undefined
  /** Whether its memory is set as that of our processes in production. */
  memorySet?: boolean
}

/** Where children have their compiled programs, also when the caller runs from the sources. */
const ownPrograms = fileURLToPath(new URL('../../dist', import.meta.url))

const repository = fileURLToPath(new URL('../../..', import.meta.url))

/** Starts `dist/<name>.js` in production mode and sends it `message`. What it prints goes to our standard error. */
export const startChild = async <Reply>(
  name: string,
  message: unknown,
  { checkout, profile, memorySet }: ChildOptions = {},
): Promise<Child<Reply>> => {
  const { file, tellsMemory } = programOf(name, checkout)
  const child = fork(file, {
    env: { ...environment(), NODE_ENV: 'production', GRAPHILE_ENV: 'production', NODE_OPTIONS: undefined },
    execArgv: [
      '--expose-gc',
      ...(memorySet ? [`--env-file-if-exists=${resolve(checkout ?? repository, 'packages/kit/memory.env')}`] : []),
      ...(profile ? ['--cpu-prof', `--cpu-prof-dir=${resolve(profile)}`] : []),
    ],
    stdio: ['ignore', process.stderr.fd, process.stderr.fd, 'ipc'],
  })
  const ask = <T>(sent: unknown) => answerOf<T>(name, child, sent)
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    if (child.connected) child.disconnect()
    const timer = setTimeout(() => child.kill('SIGKILL'), profile ? 60_000 : 10_000)
    await gone.finally(() => clearTimeout(timer))
  }
  const memory = async () => (tellsMemory ? ask<Memory>(memoryMessage) : undefined)
  try {
    return { pid: child.pid as number, reply: await ask<Reply>(message), ask, memory, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** Checkouts from before there were several comparisons have the programs of variants with the first one. */
const programOf = (name: string, checkout: string | undefined) => {
  const programs = checkout ? resolve(checkout, 'bench/dist') : ownPrograms
  const file = resolve(programs, `${name}.js`)
  const earlier = resolve(programs, 'customer-360', `${basename(name)}.js`)
  return checkout && !existsSync(file) && existsSync(earlier)
    ? { file: earlier, tellsMemory: false }
    : { file, tellsMemory: true }
}

const answerOf = <T>(name: string, child: ChildProcess, message: unknown): Promise<T> => {
  const { promise, resolve, reject } = Promise.withResolvers<T>()
  const answered = (answer: { error?: string; reply?: T }) =>
    answer.error === undefined ? resolve(answer.reply as T) : reject(new Error(`${name}: ${answer.error}`))
  const ended = () => reject(new Error(`${name} ended`))
  child.once('message', answered).once('exit', ended)
  if (child.exitCode !== null || child.signalCode !== null) ended()
  else child.send(message as object, (error) => error && reject(error))
  return promise.finally(() => child.off('message', answered).off('exit', ended))
}

const memoryMessage = { kind: 'memory' } as const

const ownMemory = async (): Promise<Memory> => {
  const { rss } = process.memoryUsage()
  const pss = ownPss()
  await globalThis.gc?.()
  return { rss, pss, heap: process.memoryUsage().heapUsed }
}

/** As Linux counts it, in bytes. */
const ownPss = (): number | undefined => {
  try {
    const kibibytes = /^Pss: +(\d+) kB$/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))?.[1]
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024
  } catch {
    return undefined
  }
}

const patienceMs = 5_000

/** The child's side: answers each message of the parent, and stops when the parent lets go or dies. */
export const serveParent = <Message>(answer: (message: Message) => Promise<unknown>, stop: () => Promise<unknown>) => {
  const send = (message: object) => process.connected && process.send?.(message, () => {})
  process.on('message', (message: { kind?: unknown }) => {
    const reply = message.kind === memoryMessage.kind ? ownMemory() : answer(message as Message)
    reply.then(
      (reply) => send({ reply }),
      (error: Error) => send({ error: error.stack ?? error.message }),
    )
  })
  process.once('disconnect', () => {
    // Where the parent was killed, what we are connected to may be gone, and stopping would wait for it.
    setTimeout(() => process.exit(1), patienceMs).unref()
    stop().finally(() => process.exit())
  })
  // Ctrl-C reaches the whole group; the parent decides when its children end.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => {})
}
