import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as contracts from '@clientele/contracts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const sources = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', 'services'], {
  cwd: root,
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => /\/src\/.*(?<!\.test)\.ts$/.test(file))

const keyOf = (codes: readonly string[]) => codes.toSorted().join()
/** The lists of codes that events have, by their members. */
const lists = new Map(
  Object.entries(contracts).flatMap(([name, value]) => {
    const options = (value as { options?: readonly unknown[] } | undefined)?.options
    return options?.every((code) => typeof code === 'string') ? [[keyOf(options as string[]), name] as const] : []
  }),
)

test('the codes of a list that events have are written once, in the contracts', () => {
  expect(lists.size).toBeGreaterThan(20)
  const copies = sources.flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8')
    // An enum, or an object whose values are its own keys.
    const blocks = [...text.matchAll(/\b(\w+)(?: =)? \{\n((?: +(\w+)(?: =|:) '\3',\n)+)\}/g)]
    return blocks.flatMap(([, name, members]) => {
      const list = lists.get(keyOf([...members!.matchAll(/(\w+)(?: =|:)/g)].map(([, code]) => code!)))
      return list ? [`${file}: ${name} is ${list}`] : []
    })
  })
  expect(copies).toEqual([])
})
