import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { roleNames } from '@clientele/contracts'

const root = join(import.meta.dirname, '../..')
const services = readdirSync(join(root, 'services'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)

/** The sources of what serves any service, without their tests. */
const sources = ['gateway/src', 'packages/kit/src', 'packages/query-compiler/src'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => /(?<!\.test)\.ts$/.test(file))
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(join(root, folder, file), 'utf8') })),
)

const filesWith = (pattern: RegExp) => sources.filter(({ text }) => pattern.test(text)).map(({ file }) => file)

test('the gateway and the packages below the services know no service by name', () => {
  expect(services.length).toBeGreaterThanOrEqual(5)
  expect(sources.length).toBeGreaterThan(200)
  expect(filesWith(new RegExp(`['"\`](${services.join('|')})['"\`]`))).toEqual([])
})

test('roles have names in the contracts only', () => {
  // The words "service" and "sales" are also others'.
  const own = roleNames.filter((name) => name !== 'service')
  expect(filesWith(new RegExp(`['"](${own.join('|')})['"]|\\b(${own.join('|')}): [0-9]`))).toEqual([])
})

test('what is kept for a while is kept by lru-cache', () => {
  expect(filesWith(/\.keys\(\)\.next\(\)/)).toEqual([])
})
