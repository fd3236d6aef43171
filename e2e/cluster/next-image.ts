import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { services } from '@clientele/cli/services'
import { run } from './programs.js'

/** The image that is tested, by its name in podman's store. */
export const image = process.env.CLIENTELE_IMAGE ?? 'localhost/clientele:test'

/** What the chart is told of an image. */
export const imageSettings = (name: string) => {
  const [, registry, repository, tag] = /^([^/]+)\/(.+):([^:]+)$/.exec(name) ?? []
  return { registry, repository, tag }
}

/** An image of a version after this one: each service has one more migration. It is loaded into the cluster; answers with its name. */
export const makeNextImage = async (): Promise<string> => {
  const name = `${image}-next`
  const dir = await mkdtemp(join(tmpdir(), 'clientele-next-'))
  const file = join(dir, '9999_next.sql')
  await writeFile(
    file,
    'create table next_version (id int primary key);\nalter table outbox add column next_version text;\n',
  )
  const lines = services.map(({ name }) => `COPY 9999_next.sql /app/services/${name}/migrations/`)
  await writeFile(join(dir, 'Dockerfile'), [`FROM ${image}`, ...lines].join('\n'))
  await run('podman', ['build', '--quiet', '--pull=never', '--tag', name, dir])
  await run('infra/cluster/load.sh', [name])
  await rm(dir, { recursive: true })
  return name
}
