import { readdir, readFile } from 'node:fs/promises'

const folder = new URL('./', import.meta.url)
const files = (await readdir(folder)).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))

test.each(files)(
  '%s imports what k6 can load: files beside it, with their endings, and its own modules',
  async (file) => {
    const source = await readFile(new URL(file, folder), 'utf8')
    const imported = [...source.matchAll(/\bfrom '([^']+)'/g)].map(([, name]) => name!)
    const own = file === 'k6.ts' ? /^\.\/[\w-]+\.js$|^k6(\/\w+)?$/ : /^\.\/[\w-]+\.js$/
    expect(imported.filter((name) => !own.test(name))).toEqual([])
  },
)
