import { readdirSync, readlinkSync } from 'node:fs'
import { readFile, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Progress } from '../processes/child.js'
import { endProcess, findProcesses, inspect, type ProcessInfo } from '../processes/processes.js'

/** Ends what a killed start has left running on this data folder, and removes a pid file that speaks of something else. */
export async function clearOrphans(data: string, progress: Progress): Promise<void> {
  const pidFile = join(data, 'postmaster.pid')
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10)
  for (const postmaster of findProcesses(pid, 'postgres', (command) => isPostmasterOf(command, data))) {
    progress(`stopping the PostgreSQL (process ${postmaster.pid}) that an earlier start left behind`)
    await endProcess(postmaster, ['SIGINT', 'SIGQUIT', 'SIGKILL'])
  }
  if (Number.isInteger(pid) && isTaken(pid)) {
    // The number is another process's by now, or that of one which ended and which nobody has asked about: PostgreSQL would take it for a live server.
    await rm(pidFile, { force: true })
  }
  for (const backend of await backendsOf(data)) await endProcess(backend, ['SIGQUIT', 'SIGKILL'], 2_000)
}

function isPostmasterOf(command: string, data: string): boolean {
  return /postgres(\.exe)?(\s|$)/.test(command) && `${command} `.includes(` -D ${data} `)
}

function isTaken(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

/** Backends that outlived their postmaster: a busy one does not notice its death, and keeps the shared memory. Only Linux tells whose they are. */
async function backendsOf(data: string): Promise<ProcessInfo[]> {
  if (process.platform !== 'linux') return []
  const real = await realpath(data).catch(() => data)
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && workingFolder(pid) === real)
    .map(inspect)
    .filter((info) => info?.command.startsWith('postgres:') === true)
    .filter((info) => info !== undefined)
}

function workingFolder(pid: number): string | undefined {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return undefined
  }
}
