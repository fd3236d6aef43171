import { readdirSync, readFileSync } from 'node:fs'
import { parse, print, separateOperations } from 'graphql'

const texts = readdirSync(import.meta.dirname)
  .filter((file) => file.endsWith('.graphql'))
  .map((file) => readFileSync(`${import.meta.dirname}/${file}`, 'utf8'))

const operations = separateOperations(parse(texts.join('\n')))

/** The operation of this name from the `.graphql` files of this folder, with the fragments that it spreads: as a frontend sends it. */
export const documentOf = (operation: string): string => {
  const found = operations[operation]
  if (!found) throw new Error(`No .graphql file here has an operation called ${operation}.`)
  return print(found)
}
