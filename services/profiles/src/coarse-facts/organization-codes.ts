import { industries, industry, sizeBand } from '@clientele/contracts'
import { registerEnumType } from 'type-graphql'

export const IndustryName = industry.enum
registerEnumType(IndustryName, {
  name: 'Industry',
  description: 'What an organisation does: the section of ISIC Rev. 4, which is that of NACE Rev. 2.',
  valuesConfig: industries,
})

export const SizeBandName = sizeBand.enum
registerEnumType(SizeBandName, {
  name: 'SizeBand',
  description: 'How many people an organisation employs, in the size classes of OECD and Eurostat.',
  valuesConfig: {
    FROM_1_TO_9: { description: '1 to 9: micro.' },
    FROM_10_TO_49: { description: '10 to 49: small.' },
    FROM_50_TO_249: { description: '50 to 249: medium.' },
    FROM_250: { description: '250 and more: large.' },
  },
})
