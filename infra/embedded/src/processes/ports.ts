import { execFileSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { createServer } from 'node:net'
import { inspect } from './processes.js'

const LOOPBACK = '127.0.0.1'

// Below the ports that Linux, macOS and Windows give to outgoing connections: what listens here finds its port again after a restart.
const LOWEST = 10_000
const HIGHEST = 32_000

/** A TCP port on 127.0.0.1 that was free a moment ago, and that no outgoing connection will be given. */
export async function freePort(): Promise<number> {
  for (let tries = 0; ; tries++) {
    try {
      return await tryPort(randomInt(LOWEST, HIGHEST))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tries === 100) throw error
    }
  }
}

/** Makes sure that `port` is free on 127.0.0.1. Otherwise throws an error that names the port, the setting that moves it and, where it can be told, what holds it. */
export async function claimPort(port: number, setting: string): Promise<void> {
  try {
    await tryPort(port)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EACCES') throw new Error(`Port ${port} may not be used by this user. Set ${setting} to another port.`)
    if (code !== 'EADDRINUSE') throw error
    const holder = portHolder(port)
    throw new Error(
      `Port ${port} is taken${holder ? ` by ${holder}` : ''}. Stop what uses it, or set ${setting} to another port.`,
    )
  }
}

function tryPort(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.once('error', reject)
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port))
    })
  })
}

function portHolder(port: number): string | undefined {
  const pid = process.platform === 'linux' ? pidFromProc(port) : pidFromLsof(port)
  const holder = pid === undefined ? undefined : inspect(pid)
  return holder && `process ${holder.pid} (${shorten(holder.command)})`
}

function shorten(command: string): string {
  return command.length > 120 ? `${command.slice(0, 119)}…` : command
}

function pidFromProc(port: number): number | undefined {
  const inodes = new Set(['tcp', 'tcp6'].flatMap((table) => listeningInodes(table, port)))
  if (inodes.size === 0) return undefined
  return readdirSync('/proc')
    .map(Number)
    .find((pid) => pid > 0 && openSockets(pid).some((inode) => inodes.has(inode)))
}

function listeningInodes(table: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  try {
    return readFileSync(`/proc/net/${table}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((columns) => columns[1]?.endsWith(suffix) && columns[3] === '0A')
      .map((columns) => columns[9] ?? '')
  } catch {
    return []
  }
}

function openSockets(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
      const target = readlink(`/proc/${pid}/fd/${fd}`)
      return target?.startsWith('socket:[') ? [target.slice(8, -1)] : []
    })
  } catch {
    return []
  }
}

function readlink(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}

function pidFromLsof(port: number): number | undefined {
  try {
    const answer = execFileSync('lsof', ['-nP', '-t', `-iTCP:${port}`, '-sTCP:LISTEN'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    return Number(answer.split('\n')[0]) || undefined
  } catch {
    return undefined
  }
}
