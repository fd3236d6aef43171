import { type ClienteleError, Conflict } from '../errors/errors.js'
import { checkText } from '../input/check-text.js'
import { validationIssues } from '../input/validation-issues.js'
import { tellAnswer } from './messages.js'

const tell = ({ message, extensions }: ClienteleError, language: string) =>
  tellAnswer({ errors: [{ message, extensions }] }, { 'accept-language': language }).errors?.[0]

const tooMany = new Conflict('There are at most 5 tags.', { reason: 'list.too_long', params: { most: 5 } })

test('an error is told in the language of the caller, by its reason and parameters, which stay inside', () => {
  const extensions = { code: 'CONFLICT', reason: 'list.too_long' }
  expect(tell(tooMany, 'zh')).toEqual({ message: '最多 5 项', extensions })
  expect(tell(tooMany, 'en')).toEqual({ message: 'There are at most 5 tags.', extensions })
})

test('what has no message in a language, or lacks its parameters, is told in English', () => {
  expect(tell(new Conflict('No.', { reason: 'port.taken' }), 'zh')?.message).toBe('No.')
  expect(tell(new Conflict('No.', { reason: 'constructor' as never }), 'zh')?.message).toBe('No.')
  expect(tell(new Conflict('Too many.', { reason: 'list.too_long' as never }), 'zh')?.message).toBe('Too many.')
})

test.each([
  ['unique.tag_name', '已存在相同的记录'],
  ['tag.unknown', '对象不存在，或您无权查看'],
] as const)('%s has the message of all that begin or end so', (reason, message) => {
  expect(tell(new Conflict('No.', { reason }), 'zh')?.message).toBe(message)
})

test('fields are told one by one, and the error as the first of them', () => {
  const issues = validationIssues()
  checkText(issues, 'name', 'x'.repeat(3), { form: 'line', most: 2 })
  checkText(issues, 'note', ' ', { form: 'line', most: 2 })
  let refused: ClienteleError | undefined
  try {
    issues.refuse()
  } catch (error) {
    refused = error as ClienteleError
  }
  expect(tell(refused!, 'zh-CN')).toEqual({
    message: 'input.name：最多 2 个字符（另有 1 处问题）',
    extensions: {
      code: 'INVALID',
      reason: 'text.too_long',
      fields: [
        { path: 'input.name', reason: 'text.too_long', message: '最多 2 个字符' },
        { path: 'input.note', reason: 'text.required', message: '不能为空' },
      ],
    },
  })
  expect(tell(refused!, 'en')).toMatchObject({
    message: 'input.name: at most 2 characters. There is 1 more issue.',
    extensions: { fields: [{ path: 'input.name', reason: 'text.too_long', message: 'at most 2 characters' }, {}] },
  })
})
