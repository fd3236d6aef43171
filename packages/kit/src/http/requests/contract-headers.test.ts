import { glob, readFile } from 'node:fs/promises'
import { contractHeaders } from './contract-headers.js'

const root = new URL('../../../../../', import.meta.url)

test('no source names a header of ours that the contract does not know', async () => {
  const unknown: string[] = []
  let files = 0
  for await (const file of glob(['packages/*/src/**/*.ts', 'gateway/src/**/*.ts', 'services/*/src/**/*.ts'], {
    cwd: root,
  })) {
    if (file.endsWith('.test.ts')) continue
    files++
    for (const [name] of (await readFile(new URL(file, root), 'utf8')).matchAll(/x-clientele-[a-z-]+/g)) {
      if (!(name in contractHeaders)) unknown.push(`${file}: ${name}`)
    }
  }
  expect(files).toBeGreaterThan(100)
  expect(unknown).toEqual([])
})
