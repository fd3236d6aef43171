import { languageOf } from './language.js'

test.each([
  ['zh', 'zh'],
  ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
  ['zh-Hans-CN', 'zh'],
  ['ZH-tw', 'zh'],
  ['en', 'en'],
  ['en-GB, zh;q=0.5', 'en'],
  ['en;q=0.4, zh;q=0.6', 'zh'],
  ['fr, zh;q=0.3', 'zh'],
  ['de', 'en'],
  ['*', 'en'],
  ['*, en;q=0', 'zh'],
  ['zh;q=0', 'en'],
  ['zh;q=much', 'en'],
  ['中文', 'en'],
  [';;,=,q=1', 'en'],
  ['', 'en'],
  [undefined, 'en'],
])('%s is answered in %s', (asked, language) => {
  expect(languageOf(asked)).toBe(language)
})

test('a header of thousands of languages is read', () => {
  expect(languageOf(`${'x-a;q=0.1,'.repeat(5_000)}zh`)).toBe('zh')
})
