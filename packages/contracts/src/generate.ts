import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { generatedFiles } from './generated.js'

const root = new URL('../', import.meta.url)
const target = new URL('generated/', root)
const { version } = JSON.parse(await readFile(new URL('package.json', root), 'utf8'))

await rm(target, { recursive: true, force: true })
await mkdir(new URL('schemas/', target), { recursive: true })
for (const [path, content] of generatedFiles(version)) await writeFile(new URL(path, target), content)
