import { writeFile } from 'node:fs/promises'
import { localPeople } from './local-realm.js'

await writeFile(new URL('../generated/demo-users.json', import.meta.url), `${JSON.stringify(localPeople(), null, 2)}\n`)
