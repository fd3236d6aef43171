import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import iconv from 'iconv-lite'
import { decode, detectEncoding } from './encoding.js'

const bytesOf = (bytes: Buffer, size = 3) =>
  async function* () {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
  }

const text = async (bytes: Buffer, named?: string) => {
  const encoding = await detectEncoding('f.csv', bytesOf(bytes), named)
  let result = ''
  for await (const part of decode('f.csv', bytesOf(bytes), encoding)) result += part
  return [encoding, result]
}

const table = (...cells: string[]) => `id,name\n${cells.map((cell, at) => `${at},${cell}`).join('\n')}\n`
const simplified = table('上海华星电子', '北京市海淀区中关村大街', '青禾贸易')
const traditional = table('臺灣大學', '國立故宮博物院', '高雄市左營區')
const japanese = table('山田太郎', '東京都千代田区丸の内', 'さくら薬局')
const western = table('Müller', 'Jürgen Groß', 'Österreich', 'Käthe Schröder', 'Café André')
const polish = table('Łukasz Wiśniewski', 'Małgorzata Dąbrowska', 'Łódź')
const russian = table('Иван Петров', 'Мария Смирнова')

test.each<[string, Buffer, string, string]>([
  ['ASCII', Buffer.from('a,b'), 'utf-8', 'a,b'],
  ['UTF-8', Buffer.from('名称,é,👍🏽'), 'utf-8', '名称,é,👍🏽'],
  ['UTF-8 with a mark', Buffer.from('\uFEFF名称'), 'utf-8', '名称'],
  ['UTF-8 with signs alone in their cells', Buffer.from('a,µ\n½,°\nØ,É\n'), 'utf-8', 'a,µ\n½,°\nØ,É\n'],
  ['UTF-16 with a mark', Buffer.from('\uFEFF名称\t1', 'utf16le'), 'utf-16le', '名称\t1'],
  ['UTF-16 without', Buffer.from('名称\t1\n', 'utf16le'), 'utf-16le', '名称\t1\n'],
  ['UTF-16 big-endian with a mark', Buffer.from('\uFEFF名称\t1', 'utf16le').swap16(), 'utf-16be', '名称\t1'],
  ['UTF-16 big-endian without', Buffer.from('id\nx\n', 'utf16le').swap16(), 'utf-16be', 'id\nx\n'],
  ['GBK', iconv.encode(simplified, 'gbk'), 'gb18030', simplified],
  ['GB18030', iconv.encode(table('上海华星', '𠮷野家'), 'gb18030'), 'gb18030', table('上海华星', '𠮷野家')],
  ['GB18030, four bytes each', iconv.encode('𠮷㐀𠀀\n䶵', 'gb18030'), 'gb18030', '𠮷㐀𠀀\n䶵'],
  ['Big5', iconv.encode(traditional, 'big5'), 'big5', traditional],
  ['Shift_JIS', iconv.encode(japanese, 'shift_jis'), 'shift_jis', japanese],
  ['windows-1252', iconv.encode(western, 'windows-1252'), 'windows-1252', western],
  ['nothing', Buffer.alloc(0), 'utf-8', ''],
])('%s is told from the bytes', async (_, bytes, encoding, expected) => {
  expect(await text(bytes)).toEqual([encoding, expected])
})

test('a named encoding is taken', async () => {
  expect(await text(Buffer.from('Müller', 'latin1'), 'windows-1252')).toEqual(['windows-1252', 'Müller'])
})

test.each<[string, Buffer, string, string, string]>([
  ['Chinese that is UTF-8 by chance', iconv.encode('id,sex\n1,女\n', 'gbk'), 'GBK', 'gbk', 'id,sex\n1,女\n'],
  ['Russian that is UTF-8 by chance', iconv.encode('id,a\n1,её\n', 'koi8-r'), 'koi8-r', 'koi8-r', 'id,a\n1,её\n'],
  ['ASCII', Buffer.from('id\n1\n'), 'shift_jis', 'shift_jis', 'id\n1\n'],
  ['UTF-16 without a mark', Buffer.from('id\nx\n', 'utf16le'), 'utf-16', 'utf-16le', 'id\nx\n'],
  ['UTF-8 with a mark, whatever is named', Buffer.from('\uFEFF名'), 'windows-1252', 'utf-8', '名'],
  ['UTF-16 with a mark, whatever is named', Buffer.from('\uFEFF名', 'utf16le'), 'gb18030', 'utf-16le', '名'],
])('%s is read as named, or as its mark says', async (_, bytes, named, encoding, expected) => {
  expect(await text(bytes, named)).toEqual([encoding, expected])
})

test.each<[string, Buffer, string, number, string]>([
  ['Chinese in UTF-8 as windows-1252', Buffer.from(simplified), 'windows-1252', 2, 'utf-8'],
  ['Chinese in UTF-8 as GB18030', Buffer.from('a\n名称\n'), 'gb18030', 2, 'utf-8'],
  ['an accent in UTF-8 as windows-1252', Buffer.from('a\nb\nMüller\n'), 'latin1', 3, 'utf-8'],
  ['a dash in UTF-8 as windows-1252', Buffer.from('1,a–b\n'), 'windows-1252', 1, 'utf-8'],
  ['a sign in UTF-8 as windows-1252', Buffer.from('1,½\n'), 'windows-1252', 1, 'utf-8'],
  ['Russian in UTF-8 as windows-1251', Buffer.from(russian), 'windows-1251', 2, 'utf-8'],
  ['Japanese in UTF-8 as Shift_JIS', Buffer.from(japanese), 'shift_jis', 2, 'utf-8'],
  ['Chinese in UTF-8 as Big5', Buffer.from(traditional), 'big5', 2, 'utf-8'],
  ['ASCII as UTF-16', Buffer.from('id,name\n1,abc\n2,abcd\n'), 'utf-16le', 1, 'utf-8'],
  ['UTF-16 as windows-1252', Buffer.from('id\nx\n', 'utf16le'), 'windows-1252', 1, 'utf-16le'],
  ['UTF-16 as UTF-8', Buffer.from('id\n名\n', 'utf16le'), 'utf-8', 1, 'utf-16le'],
])('%s is refused, and the right one is named', async (_, bytes, named, line, right) => {
  const refusal = detectEncoding('f.csv', bytesOf(bytes), named)
  await expect(refusal).rejects.toMatchObject({ reason: 'file.encoding', fields: [{ path: `f.csv:${line}` }] })
  await expect(refusal).rejects.toThrow(`--encoding ${right}.`)
})

const utf8 = Buffer.from(simplified)
const gb = iconv.encode(simplified, 'gb18030')

test.each<[string, Buffer, string | undefined, number, RegExp]>([
  ['a single accent', Buffer.from('name\nMüller\n', 'latin1'), undefined, 2, /--encoding windows-1252/],
  ['Polish', iconv.encode(polish, 'windows-1250'), undefined, 2, /may be windows-1250/],
  ['Russian', iconv.encode(russian, 'windows-1251'), undefined, 2, /may be windows-1251/],
  ['traditional characters in GB18030', iconv.encode(traditional, 'gb18030'), undefined, 2, /may be gb18030/],
  ['Japanese in EUC', iconv.encode(japanese, 'euc-jp'), undefined, 2, /may be euc-jp/],
  ['two characters of Chinese', iconv.encode('a\n青禾\n', 'gb18030'), undefined, 2, /gb18030/],
  [
    'Chinese that is UTF-8 by chance',
    iconv.encode('id,性别\n1,女\n'.replace('性别', 'sex'), 'gbk'),
    undefined,
    1,
    /gb18030/,
  ],
  ['noise', Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a]), undefined, 1, /line 1 is not UTF-8/],
  [
    'a character that is cut off',
    Buffer.concat([Buffer.from('ab\n'), Buffer.from('名').subarray(0, 2)]),
    undefined,
    2,
    /is not UTF-8/,
  ],
  ['UTF-8, then GB18030', Buffer.concat([utf8, gb]), undefined, 6, /line 2 is UTF-8 and line 6 is not/],
  ['GB18030, then UTF-8', Buffer.concat([gb, utf8]), undefined, 6, /line 6 is UTF-8 and line 2 is not/],
  [
    'one line of windows-1252 in UTF-8',
    Buffer.concat([utf8, Buffer.from('Zoë\n', 'latin1')]),
    undefined,
    5,
    /line 5 is not/,
  ],
  [
    'one line of UTF-8 in windows-1252',
    Buffer.concat([Buffer.from(western, 'latin1'), Buffer.from('Zoë\n')]),
    undefined,
    7,
    /line 7 is UTF-8/,
  ],
  ['not the named one', Buffer.from('a\nbcMü', 'latin1'), 'utf-8', 2, /line 2 is not utf-8. .*windows-1252/],
  ['Chinese as UTF-8', iconv.encode(simplified, 'gb18030'), 'utf-8', 2, /line 2 is not utf-8. It may be gb18030/],
  ['UTF-8 as Shift_JIS', Buffer.from('名é\n'), 'shift_jis', 1, /--encoding utf-8/],
])('%s is refused with its line, and with what to do', async (_, bytes, named, line, message) => {
  const refusal = expect(detectEncoding('f.csv', bytesOf(bytes), named)).rejects
  await refusal.toMatchObject({ code: 'INVALID', reason: 'file.encoding', fields: [{ path: `f.csv:${line}` }] })
  await expect(detectEncoding('f.csv', bytesOf(bytes), named)).rejects.toThrow(message)
})

const data = process.env.CLIENTELE_DATA ?? fileURLToPath(new URL('../../../../../../shared/data', import.meta.url))
const addresses = await readFile(`${data}/chinese/company_addresses_sample.csv`, 'utf8').catch(() => undefined)

;(addresses ? test : test.skip)(
  'any three lines of real Chinese addresses are told, or in doubt, but never another encoding',
  async () => {
    const lines = (addresses as string).split('\n').slice(1, 600)
    const found = new Map<string, number>()
    for (let at = 0; at + 3 <= lines.length; at += 3) {
      const bytes = iconv.encode(lines.slice(at, at + 3).join('\n'), 'gbk')
      const encoding = await detectEncoding('f.csv', bytesOf(bytes, 1_000)).catch(() => 'doubt')
      found.set(encoding, (found.get(encoding) ?? 0) + 1)
    }
    const { gb18030 = 0, doubt = 0, ...others } = Object.fromEntries(found)
    expect(others).toEqual({})
    expect(gb18030).toBeGreaterThan(20 * doubt)
  },
)
