import { writeFile } from 'node:fs/promises'
import { localPeople, localRealm } from './local-realm.js'

const write = (name: string, content: object) =>
  writeFile(new URL(`../generated/${name}`, import.meta.url), `${JSON.stringify(content, null, 2)}\n`)

await write('demo-users.json', localPeople())
// For containers, which do not build it.
await write('local-realm.json', await localRealm())
