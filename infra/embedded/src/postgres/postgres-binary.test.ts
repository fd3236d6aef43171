import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, lstatSync } from 'node:fs'
import { join } from 'node:path'
import { scratch } from '../../fixtures/scratch.js'
import { binaries, installedPackage, withLinks } from './postgres-binary.js'

const made = scratch()
afterEach(() => made.clear())

/** What `npm ci --ignore-scripts` leaves: the package without the links that its install script makes. */
async function packageWithoutLinks(): Promise<string> {
  const { folder } = await installedPackage()
  const bare = made.folder()
  cpSync(folder, bare, { recursive: true, filter: (source) => !lstatSync(source).isSymbolicLink() })
  return bare
}

const version = (folder: string) =>
  execFileSync(binaries(folder).postgres, ['--version'], { encoding: 'utf8', stdio: 'pipe' })

test('a complete package is taken as it is', async () => {
  const { folder } = await installedPackage()
  await withLinks(folder, join(made.folder(), 'copy'))
  expect(await withLinks(folder, join(made.folder(), 'copy'))).toBe(folder)
})

test('links that no install script made are made where they belong', async () => {
  const bare = await packageWithoutLinks()
  if (process.platform === 'linux') expect(() => version(bare)).toThrow('error while loading shared libraries')
  expect(await withLinks(bare, join(made.folder(), 'copy'))).toBe(bare)
  expect(version(bare)).toContain('PostgreSQL) 18')
})

test('a package that may not be written is copied, once', async () => {
  if (process.getuid?.() === 0 || process.platform !== 'linux')
    return console.info('Root may write everywhere: skipped.')
  const bare = await packageWithoutLinks()
  const copy = join(made.folder(), 'copy')
  chmodSync(join(bare, 'native', 'lib'), 0o555)
  try {
    const told: string[] = []
    for (const _ of [1, 2]) expect(await withLinks(bare, copy, (line) => told.push(line))).toBe(copy)
    expect(told).toHaveLength(1)
    expect(version(copy)).toContain('PostgreSQL) 18')
  } finally {
    chmodSync(join(bare, 'native', 'lib'), 0o755)
  }
})
