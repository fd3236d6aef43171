import { CountryFilter, enumFilter, StringFilter } from '@clientele/kit'
import { Field, InputType } from 'type-graphql'
import { Gender } from '../customers/customer-details.js'
import { AgeBandName } from './age-band.js'
import { IndustryName, SizeBandName } from './organization-codes.js'

const AgeBandFilter = enumFilter(AgeBandName, 'AgeBandFilter')
const GenderFilter = enumFilter(Gender, 'GenderFilter')
const IndustryFilter = enumFilter(IndustryName, 'IndustryFilter')
const SizeBandFilter = enumFilter(SizeBandName, 'SizeBandFilter')

/** Conditions on the coarse facts of customers. */
@InputType()
export class CoarseFilter {
  @Field(() => CountryFilter, { nullable: true, description: 'Country of the main address.' })
  country?: CountryFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'State, province or region of the main address.' })
  region?: StringFilter | null
  @Field(() => StringFilter, { nullable: true, description: 'City of the main address.' })
  city?: StringFilter | null
  @Field(() => IndustryFilter, { nullable: true, description: 'Industry of an organisation.' })
  industry?: object | null
  @Field(() => SizeBandFilter, { nullable: true, description: 'How many people an organisation employs.' })
  sizeBand?: object | null
  @Field(() => AgeBandFilter, { nullable: true, description: 'Age of a person on the first day of this month.' })
  ageBand?: object | null
  @Field(() => GenderFilter, { nullable: true, description: 'Gender as the person states it.' })
  gender?: object | null
}
