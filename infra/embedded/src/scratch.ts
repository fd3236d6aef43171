import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Running } from './child.js'

/** What one test file started and made; `clear` ends and removes it, in the opposite order. */
export function scratch() {
  const undo: (() => unknown)[] = []
  return {
    /** Does this at the end. */
    undo(step: () => unknown): void {
      undo.push(step)
    },
    /** A new empty folder. */
    folder(): string {
      const path = mkdtempSync(join(tmpdir(), 'clientele-embedded-'))
      undo.push(() => rmSync(path, { recursive: true, force: true, maxRetries: 5 }))
      return path
    },
    /** Stops it at the end, whatever happens before. */
    running<T extends Running>(server: T): T {
      undo.push(() => server.stop())
      return server
    },
    /** Kills it at the end. */
    process(child: ChildProcess): ChildProcess {
      undo.push(() => child.kill('SIGKILL'))
      return child
    },
    async clear(): Promise<void> {
      for (const step of undo.splice(0).reverse()) await step()
    },
  }
}

/** Starts a server in a process of its own; resolves when it is ready, with that process and what `start` returned. */
export async function holdInProcess(start: 'startPostgres' | 'startNats', options: object) {
  const script = fileURLToPath(new URL('../fixtures/hold.mjs', import.meta.url))
  const holder = spawn(process.execPath, [script, start, JSON.stringify(options)], {
    detached: true,
    env: { ...process.env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const lines = createInterface({ input: holder.stdout })
  const [line] = await Promise.race([
    once(lines, 'line'),
    once(holder, 'exit').then(([code]) => Promise.reject(new Error(`the holder ended with ${code}`))),
  ])
  return { holder, server: JSON.parse(line as string) as { pid: number; url: string } }
}

/** Resolves when `holds` does; rejects after half a minute. */
export async function until(holds: () => unknown): Promise<void> {
  const deadline = Date.now() + 30_000
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`never came true: ${holds}`)
    await sleep(20)
  }
}
