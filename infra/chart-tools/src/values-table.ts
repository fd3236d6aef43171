import { parseDocument } from 'yaml'

interface Value {
  path: string[]
  about: string
}

/** The values of a chart that have a comment of the form `# -- …`, as a table of Markdown. */
export const valuesTable = (text: string): string => {
  const document = parseDocument(text)
  const rows = valuesOf(text).map(({ path, about }) => {
    const usual = document.getIn(path) as { toJSON?(): unknown } | undefined
    return `| \`${path.join('.')}\` | ${codeOf(usual?.toJSON ? usual.toJSON() : usual)} | ${about.replaceAll('|', '\\|')} |`
  })
  return ['| value | default | |', '|---|---|---|', ...rows].join('\n')
}

const valuesOf = (text: string): Value[] => {
  const values: Value[] = []
  const above: { indent: number; key: string }[] = []
  let about: string | undefined
  for (const line of text.split('\n')) {
    const comment = /^\s*# ?(-- )?(.*)$/.exec(line)
    if (comment) {
      const [, begins, words = ''] = comment
      if (begins) about = words
      else if (about !== undefined) about += ` ${words}`
      continue
    }
    const [, blanks, key] = /^( *)([\w.-]+):/.exec(line) ?? []
    if (key !== undefined && blanks !== undefined) {
      while ((above.at(-1)?.indent ?? -1) >= blanks.length) above.pop()
      above.push({ indent: blanks.length, key })
      if (about !== undefined) values.push({ path: above.map((each) => each.key), about })
    }
    about = undefined
  }
  return values
}

const longest = 70

const codeOf = (value: unknown) => {
  const json = JSON.stringify(value)
  return json.length > longest ? 'see `values.yaml`' : `\`${json.replaceAll('|', '\\|')}\``
}
