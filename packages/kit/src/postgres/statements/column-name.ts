import { UnderscoreNamingStrategy } from '@mikro-orm/core'

const naming = new UnderscoreNamingStrategy()

/** The column of a property, as the ORM names it. */
export const columnName = (property: string): string => naming.propertyToColumnName(property)
