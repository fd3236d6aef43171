import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { environment } from '@clientele/kit'

/** A program of this package in a process of its own. */
export interface Child<Reply> {
  pid: number
  /** What it answered to its first message. */
  reply: Reply
  /** Sends one message and waits for its answer; one at a time. Rejects with the child's own error. */
  ask<T>(message: unknown): Promise<T>
  stop(): Promise<void>
}

/** Children run the compiled program, also when the caller runs from the sources. */
const program = (name: string, checkout: string | undefined) =>
  checkout
    ? resolve(checkout, 'bench/dist', `${name}.js`)
    : fileURLToPath(new URL(`../dist/${name}.js`, import.meta.url))

/** Starts `dist/<name>.js` of this or another checkout in production mode and sends it `options`. What it prints goes to our standard error. */
export const startChild = async <Reply>(name: string, options: unknown, checkout?: string): Promise<Child<Reply>> => {
  const child = fork(program(name, checkout), {
    env: { ...environment(), NODE_ENV: 'production', GRAPHILE_ENV: 'production', NODE_OPTIONS: '' },
    execArgv: [],
    stdio: ['ignore', process.stderr.fd, process.stderr.fd, 'ipc'],
  })
  const ask = <T>(message: unknown) => answerOf<T>(name, child, message)
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    if (child.connected) child.disconnect()
    const timer = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await gone.finally(() => clearTimeout(timer))
  }
  try {
    return { pid: child.pid as number, reply: await ask<Reply>(options), ask, stop }
  } catch (error) {
    await stop()
    throw error
  }
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

const patienceMs = 5_000

/** The child's side: answers each message of the parent, and stops when the parent lets go or dies. */
export const serveParent = <Message>(answer: (message: Message) => Promise<unknown>, stop: () => Promise<unknown>) => {
  const send = (message: object) => process.connected && process.send?.(message, () => {})
  process.on('message', (message) => {
    answer(message as Message).then(
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
