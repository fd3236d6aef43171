import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { access, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { defaultCacheDir, freePort } from '@clientele/embedded'
import { committedSupergraph } from '@clientele/gateway'
import { until } from '@clientele/testkit/until'
import { parseAllDocuments } from 'yaml'

/** What the chart's example says of Hive Gateway. */
const readExample = async () => {
  const text = await readFile(new URL('../../charts/clientele/examples/hive-gateway.yaml', import.meta.url), 'utf8')
  const objects = parseAllDocuments(text).map((document) => document.toJS())
  const config: string = objects.find(({ kind }) => kind === 'ConfigMap').data['gateway.config.ts']
  const [container] = objects.find(({ kind }) => kind === 'Deployment').spec.template.spec.containers
  return { config, version: container.image.split(':').at(-1) as string, args: container.args as string[] }
}

/** The program of this version, from npm; installed into the cache once. It stays outside of the repository: it is half a gigabyte. */
const install = async (version: string): Promise<string> => {
  const folder = join(defaultCacheDir(), `hive-gateway-${version}`)
  const isThere = await access(folder).then(
    () => true,
    () => false,
  )
  if (isThere) return folder
  const part = `${folder}.part`
  await rm(part, { recursive: true, force: true })
  await mkdir(part, { recursive: true })
  const dependencies = { '@graphql-hive/gateway': version }
  await writeFile(join(part, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }))
  console.info(`installing Hive Gateway ${version}`)
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: part })
  await rename(part, folder)
  return folder
}

/** Starts it as the example does, with these services behind it; resolves with its URL and how it is stopped. */
export const startHiveGateway = async (services: ReadonlyMap<string, string>) => {
  const { config, version, args } = await readExample()
  const folder = await install(version)
  const dir = await mkdtemp(join(tmpdir(), 'clientele-hive-'))
  const supergraph = join(dir, 'supergraph.graphql')
  const routed = (await readFile(committedSupergraph, 'utf8')).replace(
    /(join__graph\(name: "([a-z]+)", url: )"[^"]*"/g,
    (_, before, name) => `${before}"${services.get(name)}/graphql"`,
  )
  await writeFile(supergraph, routed)
  // Beside its packages, where its imports are found.
  const configFile = join(folder, `gateway-${process.pid}.config.ts`)
  await writeFile(configFile, config.replace('/etc/supergraph/supergraph.graphql', supergraph))
  const port = await freePort()
  const given = args.map((one) => (one.endsWith('gateway.config.ts') ? configFile : one))
  const program = join(folder, 'node_modules/.bin/hive-gateway')
  const child = spawn(program, [...given, '--host', '127.0.0.1', '--port', String(port)], {
    cwd: folder,
    env: { PATH: `${dirname(process.execPath)}:${process.env.PATH}`, HOME: process.env.HOME, NODE_ENV: 'production' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output = (output + text).slice(-20_000)
    })
  }
  const url = `http://127.0.0.1:${port}`
  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    }
    await rm(configFile, { force: true })
    await rm(dir, { recursive: true, force: true })
  }
  try {
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`Hive Gateway has ended:\n${output}`)
      return fetch(`${url}/readyz`).then(
        ({ status }) => status === 200,
        () => false,
      )
    })
  } catch (error) {
    await stop()
    throw error
  }
  return { url, version, output: () => output, stop }
}
