import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { compare, operationFaults } from './compare.js'
import { committed, isShallow, lastRelease, workingTree } from './revision.js'

const help = `npm run release-check -- [options]

Holds this checkout against the last release: nothing that clients, partners or the other version's processes use may be gone.

Options:
  --since REF        a tag or commit in the stead of the last release
  --operations DIR   also checks the operations in DIR (*.graphql), such as those of your own frontends
  --help             this text

Exits with 1 where something is broken, with 2 where it could not be checked.
`

const fail = (message: string): never => {
  console.error(message)
  process.exit(2)
}

const read = () => {
  try {
    const options = { since: { type: 'string' }, operations: { type: 'string' }, help: { type: 'boolean' } } as const
    return parseArgs({ options }).values
  } catch (error) {
    return fail(`${(error as Error).message}\n\n${help}`)
  }
}

const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '')
const { since, operations, help: asked } = read()
if (asked) {
  console.log(help)
  process.exit()
}
try {
  const here = workingTree(root)
  const broken: string[] = []
  const release = since ?? (await lastRelease(root))
  if (release) {
    const { breaking, noticeable } = await compare(await committed(root, release), here)
    for (const change of noticeable) console.log(`since ${release}, may be noticed: ${change}`)
    broken.push(...breaking.map((change) => `since ${release}, broken: ${change}`))
  } else if (await isShallow(root)) {
    console.warn(
      'Nothing was checked: the history of this checkout is cut off, and its releases with it (git fetch --unshallow --tags).',
    )
  } else
    console.log('No release is in the history of this checkout (tags v1.2.3): there is nothing to hold it against.')
  if (operations) {
    const folder = resolve(operations)
    const documents = await workingTree(folder).list('.')
    if (!documents.some((path) => path.endsWith('.graphql'))) fail(`${folder} has no operations (*.graphql).`)
    broken.push(...(await operationFaults(workingTree(folder), '.', here)))
  }
  for (const line of broken) console.error(line)
  if (broken.length > 0) {
    console.error(
      '\nMark what is to go as @deprecated for a release first; give an event of another shape a new version (….v2).',
    )
    process.exitCode = 1
  }
} catch (error) {
  fail((error as Error).message)
}
