import { decode, detectEncoding, firstInvalidUtf8 } from './encoding.js'

// GB18030, which Node reads but does not write.
const gb18030 = {
  上海华星: Buffer.from('c9cfbaa3bbaad0c7', 'hex'),
  𠮷: Buffer.from('9534b235', 'hex'),
}

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

test.each<[string, Buffer, string, string]>([
  ['ASCII', Buffer.from('a,b'), 'utf-8', 'a,b'],
  ['UTF-8', Buffer.from('名称,é,👍🏽'), 'utf-8', '名称,é,👍🏽'],
  ['UTF-8 with a mark', Buffer.from('\uFEFF名称'), 'utf-8', '名称'],
  ['GB18030', Buffer.concat([Buffer.from('a;'), gb18030.上海华星]), 'gb18030', 'a;上海华星'],
  ['GB18030 with a character of four bytes', Buffer.concat([gb18030.上海华星, gb18030.𠮷]), 'gb18030', '上海华星𠮷'],
  ['UTF-16 with a mark', Buffer.from('\uFEFF名称\t1', 'utf16le'), 'utf-16le', '名称\t1'],
  ['nothing', Buffer.alloc(0), 'utf-8', ''],
])('%s is told from the bytes', async (_, bytes, encoding, expected) => {
  expect(await text(bytes)).toEqual([encoding, expected])
})

test('a named encoding is taken', async () => {
  expect(await text(Buffer.from('Müller', 'latin1'), 'windows-1252')).toEqual(['windows-1252', 'Müller'])
})

test.each<[string, Buffer, string | undefined, string]>([
  ['a western encoding', Buffer.from('name\nMüller\nJürgen\n', 'latin1'), undefined, 'first wrong byte: 6'],
  ['noise', Buffer.from([0x61, 0x2c, 0xff, 0xff, 0x0a]), undefined, 'first wrong byte: 2'],
  [
    'a character that is cut off',
    Buffer.concat([Buffer.from('ab'), Buffer.from('名').subarray(0, 2)]),
    undefined,
    'first wrong byte: 2',
  ],
  ['not the named one', Buffer.from('abcMü', 'latin1'), 'utf-8', 'first wrong byte: 4'],
])('%s is refused with its place', async (_, bytes, named, message) => {
  await expect(detectEncoding('f.csv', bytesOf(bytes), named)).rejects.toMatchObject({
    code: 'INVALID',
    reason: 'file.encoding',
    fields: [{ path: 'f.csv', message }],
  })
})

test.each<[string, number[], number | undefined]>([
  ['overlong', [0x61, 0xc0, 0xaf], 1],
  ['a surrogate', [0xed, 0xa0, 0x80], 0],
  ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80], 0],
  ['a lonely continuation', [0x61, 0x62, 0x80], 2],
  ['all right', [...Buffer.from('aé名👍')], undefined],
])('first byte that is no UTF-8: %s', async (_, bytes, offset) => {
  expect(await firstInvalidUtf8(bytesOf(Buffer.from(bytes), 1))).toBe(offset)
})
