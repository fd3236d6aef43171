import { randomUUID } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { refuseProduction } from '../config.js'
import {
  type ChildOptions,
  endWithParent,
  type Progress,
  type Running,
  startChild,
  untilReady,
} from '../processes/child.js'
import { lockFolder } from '../processes/lock.js'
import { claimPort } from '../processes/ports.js'
import { endProcess, findProcesses } from '../processes/processes.js'
import { greeting } from './greeting.js'
import { findNats, type NatsBinary } from './nats-binary.js'

export interface NatsOptions {
  /** JetStream's store and `nats.log` are kept here. */
  dir: string
  port: number
  /** The name of the setting that moves the port, for the message when it is taken. */
  portSetting?: string
  /** Where a program that was fetched or built is kept between starts. */
  cacheDir: string
  /** A program that was found already. */
  binary?: NatsBinary
  /** What nats-server is told beside where it listens and stores, such as `--auth`. */
  arguments?: readonly string[]
  progress?: Progress
  /** Called when nats-server ends though nobody stopped it; it can be started again from here. */
  onExit?: (why: string) => void
}

export interface Nats extends Running {
  url: string
  /** The server's own version, for example `2.9.10`. */
  version: string
  pid: number
}

/**
 * Starts nats-server with JetStream on 127.0.0.1 and resolves when it accepts clients. Finds what an earlier run stored,
 * also after a crash. Throws when another live process uses `dir`, when the port is taken, when there is no nats-server
 * to be had, and with NODE_ENV=production.
 */
export async function startNats(o: NatsOptions): Promise<Nats> {
  refuseProduction('nats-server', 'NATS_URL')
  const { progress = () => {}, onExit } = o
  const dir = resolve(o.dir)
  const store = join(dir, 'jetstream')
  const pidFile = join(dir, 'nats.pid')
  await mkdir(dir, { recursive: true, mode: 0o700 })
  const unlock = await lockFolder(dir)
  try {
    await clearOrphan(pidFile, store, progress)
    await claimPort(o.port, o.portSetting ?? 'CLIENTELE_NATS_PORT')
    const binary = o.binary ?? (await findNats(o.cacheDir, progress))
    const serverName = `clientele-${randomUUID()}`
    const listen = ['--name', serverName, '-a', '127.0.0.1', '-p', String(o.port)]
    const args = [...listen, '-js', '-sd', store, '-P', pidFile, ...(o.arguments ?? [])]
    let ready = false
    const options: ChildOptions = {
      name: 'nats-server',
      run: endWithParent('SIGTERM', binary.path, args),
      log: join(dir, 'nats.log'),
      stopSignals: ['SIGTERM', 'SIGKILL'],
      onExit: (why) => ready && void unlock().then(() => onExit?.(why)),
    }
    const child = await startChild(options)
    try {
      await untilReady(child, options, async () => (await greeting(o.port)).server_name === serverName)
      ready = true
    } catch (error) {
      await child.stop()
      throw error
    }
    const url = `nats://127.0.0.1:${o.port}`
    return { url, version: binary.version, pid: child.pid, stop: () => child.stop().then(unlock) }
  } catch (error) {
    await unlock()
    throw error
  }
}

/** Two servers on one store would destroy it, so one that a killed start left behind is ended first. */
async function clearOrphan(pidFile: string, store: string, progress: Progress): Promise<void> {
  const noted = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10)
  for (const found of findProcesses(noted, 'nats-server', (command) => `${command} `.includes(` -sd ${store} `))) {
    progress(`stopping the nats-server (process ${found.pid}) that an earlier start left behind`)
    await endProcess(found, ['SIGTERM', 'SIGKILL'])
  }
}
