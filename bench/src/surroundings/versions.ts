import { readFile } from 'node:fs/promises'
import { findPackageJSON } from 'node:module'
import type { Backing } from './backing.js'
import { withClient } from './postgres.js'

/** Versions of what takes part, by name. */
export const versions = async ({ postgres, nats }: Backing): Promise<Record<string, string>> => ({
  clientele: await versionIn(new URL('../../package.json', import.meta.url)),
  node: process.versions.node,
  postgres: await withClient(postgres.url, async (client) => {
    const { rows } = await client.query<{ server_version: string }>('show server_version')
    return rows[0]?.server_version as string
  }),
  nats: nats.version,
  apolloGateway: await versionOf('@apollo/gateway', new URL('../../../gateway/', import.meta.url)),
  postgraphile: await versionOf('postgraphile'),
  pg: await versionOf('pg'),
})

const versionOf = (name: string, from: URL | string = import.meta.url) =>
  versionIn(findPackageJSON(name, from) as string)

const versionIn = async (file: URL | string) =>
  (JSON.parse(await readFile(file, 'utf8')) as { version: string }).version
