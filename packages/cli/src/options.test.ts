import { UsageError } from './command.js'
import { parseOptions } from './options.js'

const options = { map: { type: 'string' }, json: { type: 'boolean', default: false } } as const
const parse = (...args: string[]) => parseOptions('import', { args, options, allowPositionals: true })

test('what is right is read', () => {
  expect(parse('customers', '--map=-m.yaml', 'f.csv')).toMatchObject({
    values: { map: '-m.yaml', json: false },
    positionals: ['customers', 'f.csv'],
  })
  expect(parse('--map', 'm.yaml', '--json', '--', '--x').positionals).toEqual(['--x'])
})

test.each<[string, string[], string]>([
  ['an option that is written wrong', ['--mpa', 'm'], 'clientele import has no option --mpa; did you mean "--map"?'],
  ['one that is written in capitals', ['--JSON'], 'clientele import has no option --JSON; did you mean "--json"?'],
  ['one like no other', ['--verbose'], 'clientele import has no option --verbose; there is --map, --json.'],
  ['a short one', ['-q'], 'clientele import has no option -q; there is --map, --json.'],
  ['one without its value', ['--map'], '--map needs a value'],
  ['one with another option as its value', ['--map', '--json'], '--map needs a value'],
  ['an empty value', ['--map', ''], '--map needs a value'],
  ['a value that is not taken', ['--json=yes'], '--json takes no value.'],
])('%s is told with the command', (_, args, told) => {
  expect(() => parse(...args)).toThrow(UsageError)
  expect(() => parse(...args)).toThrow(told)
  expect(() => parse(...args)).toThrow('See: clientele import --help')
})

test('a name that is meant ends with its question, and with nothing after it', () => {
  expect(() => parse('--mapp', 'm')).toThrow(/did you mean "--map"\?$/m)
})

test('all faults are told at once, and what a command does not take', () => {
  const tokens = () => parseOptions('token', { args: ['sales', '--jsn', '--maps'], options })
  expect(tokens).toThrow(/takes no "sales".*--json.*--map"/s)
})
