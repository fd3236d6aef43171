import { buildSchema, execute, parse } from 'graphql'
import { createLog } from '../config/log.js'
import { answerErrors } from './answer-errors.js'

const schema = buildSchema('type Query { age: Int, of(id: Int): Int }')
const answered = async (query: string, variableValues: Record<string, unknown> = {}) => {
  const lines: string[] = []
  const log = createLog({ name: 'test', level: 'error', destination: { write: (line) => void lines.push(line) } })
  const { errors = [] } = await execute({
    schema,
    document: parse(query),
    variableValues,
    rootValue: { age: '王小明', of: () => 1 },
  })
  return { errors: answerErrors(errors, 'r1', log), lines }
}

test('what is wrong with a value of the answer is masked, and the value quoted neither to the caller nor in the log', async () => {
  const { errors, lines } = await answered('{ age }')
  expect(errors).toMatchObject([{ path: ['age'], extensions: { code: 'INTERNAL', requestId: 'r1' } }])
  expect(lines).toHaveLength(1)
  expect(JSON.stringify([errors, lines])).not.toContain('王')
})

test('what is wrong with an argument is told', async () => {
  const { errors } = await answered('query ($id: Int) { of(id: $id) }', { id: 'x' })
  expect(errors).toMatchObject([{ extensions: { code: 'INVALID', reason: 'query.invalid' } }])
  expect((await answered('{ of(id: "x") }')).errors).toMatchObject([{ extensions: { code: 'INVALID' } }])
})
