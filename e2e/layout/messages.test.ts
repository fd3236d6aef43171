import { globSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { services } from '@clientele/cli/services'
import { type Messages, withKit } from '@clientele/kit'

const root = join(import.meta.dirname, '../..')
const chinese = /\p{Script=Han}/u

/** Stands for any parameter: a text, or a list with one entry. */
const marked = (name: string) => Object.assign([`<${name}>`], { toString: () => `<${name}>` })

const told = (message: Messages[string]) => {
  if (typeof message === 'string') return message
  return message(new Proxy({}, { get: (_, name) => marked(String(name)) }) as never)
}

const cataloguesOf = async (file: string) => Object.values((await import(file)) as Record<string, Messages>)

const files = globSync('{packages,services}/*/src/messages.zh.ts', { cwd: root })
const catalogues: [string, Messages][] = [['packages/kit', withKit().zh]]
for (const file of ['gateway/src/messages.zh.ts', ...files]) {
  for (const messages of await cataloguesOf(join(root, file))) catalogues.push([dirname(dirname(file)), messages])
}

test.each(catalogues)('%s says every reason in Chinese, with what it is about', (_, messages) => {
  const wrong = Object.entries(messages).filter(([, message]) => {
    const text = told(message)
    return !chinese.test(text) || text.includes('undefined') || (typeof message === 'function' && !text.includes('<'))
  })
  expect(wrong.map(([reason]) => reason)).toEqual([])
})

test.each(services.map((service) => [service.name, service.translations?.zh ?? {}] as const))(
  '%s tells what the packages say that it is made of',
  async (name, own) => {
    const manifest = await import(join(root, 'services', name, 'package.json'), { with: { type: 'json' } })
    const used = Object.keys(manifest.default.dependencies).map((each) => `packages/${basename(each)}`)
    const missing = catalogues
      .filter(([place]) => used.includes(place))
      .flatMap(([, messages]) => Object.keys(messages))
      .filter((reason) => !Object.hasOwn(withKit({ zh: own }).zh, reason))
    expect(missing).toEqual([])
  },
)
