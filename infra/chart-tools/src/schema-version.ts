import { createHash } from 'node:crypto'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const migrations = ['packages/kit/migrations/*.sql', 'services/*/migrations/*.sql']

/** What all migrations of the release come to, as a short name. Merged ones never change, so it changes with each that is added. */
export const schemaVersion = (root: string): string => {
  const hash = createHash('sha256')
  for (const file of globSync(migrations, { cwd: root }).toSorted())
    hash.update(`${file}\0`).update(readFileSync(join(root, file)))
  return hash.digest('hex').slice(0, 8)
}
