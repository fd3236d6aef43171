import { countries } from '@clientele/contracts'
import fc from 'fast-check'
import { formatOf } from './address-formats.js'
import { countryNameIn, scriptOf } from './country-name.js'
import { type AddressParts, formatAddress, formattedLines } from './format-address.js'
import { writtenPostalCode } from './postal-code.js'

const at = (country: string | null, postalCode: string, city: string, region: string, ...lines: string[]) => ({
  ...{ lines, city: city || null, region: region || null, postalCode: postalCode || null, country, countryName: null },
})

test.each<[string, AddressParts, string]>([
  ['Germany', at('DE', '20457', 'Hamburg', '', 'Lindenallee 7'), 'Lindenallee 7|20457 Hamburg|Germany'],
  ['a city that is a region', at('DE', '20457', 'Hamburg', 'Hamburg', 'Kai 1'), 'Kai 1|20457 Hamburg|Germany'],
  ['a region', at('DE', '80331', 'München', 'Bayern', 'Tal 1'), 'Tal 1|80331 München|Bayern|Germany'],
  ['Switzerland', at('CH', '8001', 'Zürich', '', 'Häringstrasse 2'), 'Häringstrasse 2|8001 Zürich|Switzerland'],
  ['Hungary', at('HU', '1055', 'Budapest', '', 'Kossuth tér 1-3.'), 'Budapest|Kossuth tér 1-3.|1055|Hungary'],
  ['the United States', at('US', '94303', 'Palo Alto', 'CA', '301 Main'), '301 Main|Palo Alto, CA 94303|United States'],
  ['New York', at('US', '', 'New York', 'New York'), 'New York, New York|United States'],
  ['Canada', at('CA', 'M6K1V2', 'Toronto', 'ON', '1 King'), '1 King|Toronto, ON M6K 1V2|Canada'],
  ['Canada without a province', at('CA', 'J2T 3T5', 'Laval', ''), 'Laval, J2T 3T5|Canada'],
  ['the United Kingdom', at('GB', 'ec1m5rf', 'London', '', '82 Road'), '82 Road|London|ec1m 5rf|United Kingdom'],
  ['Ireland', at('IE', 'W23P466', 'Maynooth', 'Co. Kildare'), 'Maynooth|Co. Kildare|W23 P466|Ireland'],
  ['France', at('FR', '31000', 'Toulouse', '', '17 Rue X'), '17 Rue X|31000 Toulouse|France'],
  ['Spain', at('ES', '08005', 'Barcelona', 'Cataluña', 'Rambla, 1'), 'Rambla, 1|08005 Barcelona|Cataluña|Spain'],
  ['Italy', at('IT', '76121', 'Barletta', 'BT', 'Via 1'), 'Via 1|76121 Barletta BT|Italy'],
  ['the Netherlands', at('NL', '1017CD', 'Amsterdam', '', 'Gracht 573'), 'Gracht 573|1017 CD Amsterdam|Netherlands'],
  ['Sweden', at('SE', '41134', 'Göteborg', '', 'Storgatan 33'), 'Storgatan 33|411 34 Göteborg|Sweden'],
  ['Brazil', at('BR', '22221000', 'Rio', 'RJ', 'Rua 68'), 'Rua 68|Rio - RJ|22221-000|Brazil'],
  ['Mexico', at('MX', '06100', 'México', 'CDMX', 'Av 45'), 'Av 45|06100 México, CDMX|Mexico'],
  ['India', at('IN', '500064', 'Hyderabad', 'Telangana', 'Road'), 'Road|Hyderabad - 500064|Telangana|India'],
  ['Australia', at('AU', '3000', 'Melbourne', 'VIC', '223 Street'), '223 Street|Melbourne VIC 3000|Australia'],
  ['Singapore', at('SG', '018956', 'Singapore', '', '10 Road'), '10 Road|Singapore 018956|Singapore'],
  ['China', at('CN', '215000', '苏州市', '江苏省', '人民路1号'), '215000|中国江苏省苏州市|人民路1号'],
  ['a Chinese municipality', at('CN', '200001', '上海', '上海市', '南京路1号'), '200001|中国上海市|南京路1号'],
  ['a line that has all', at('CN', '', '苏州市', '江苏省', '江苏省苏州市人民路1号'), '中国|江苏省苏州市人民路1号'],
  ['a city within the line', at('CN', '', '上海', '上海市', '上海市南京路1号'), '中国|上海市南京路1号'],
  ['China in Latin letters', at('CN', '200001', 'Shanghai', 'SH', '1 Road'), '1 Road|Shanghai|SH, 200001|China'],
  ['China in both', at('CN', '', 'Suzhou', 'Jiangsu', '人民路1号'), '中国Jiangsu Suzhou|人民路1号'],
  ['Taiwan', at('TW', '110', '信義區', '台北市', '信義路7號'), '110|台灣台北市信義區|信義路7號'],
  ['Taiwan in Latin letters', at('TW', '110', 'Taipei', 'TPE', '7 Rd'), '7 Rd|Taipei, TPE 110|Taiwan'],
  ['Hong Kong', at('HK', '', '中環', '香港島', '大道1號'), '中國香港特別行政區|香港島|中環|大道1號'],
  ['Japan', at('JP', '1000001', '千代田区', '東京都', '丸の内1-1'), '〒100-0001|日本東京都千代田区|丸の内1-1'],
  ['a mark that is there', at('JP', '〒100-0001', '千代田区', '東京都'), '〒100-0001|日本東京都千代田区'],
  ['Japan in Latin letters', at('JP', '1000001', 'Chiyoda', 'Tokyo', '1-1'), '1-1|Chiyoda, Tokyo|100-0001|Japan'],
  ['Korea', at('KR', '04524', '중구', '서울특별시', '세종대로 110'), '대한민국 서울특별시 중구|세종대로 110|04524'],
  ['Korea in Latin letters', at('KR', '04524', 'Jung-gu', 'Seoul', '1 Ro'), '1 Ro|Jung-gu|Seoul|04524|South Korea'],
  ['Russia', at('RU', '125009', 'Москва', '', 'ул. Тверская, 1'), 'ул. Тверская, 1|Москва|125009|Россия'],
  ['Kazakhstan', at('KZ', '050000', 'Алматы', '', 'ул. Абая, 1'), '050000|Алматы|ул. Абая, 1|Казахстан'],
  ['Greece', at('GR', '10557', 'Αθήνα', '', 'Οδός 1'), 'Οδός 1|105 57 Αθήνα|Ελλάδα'],
  ['Egypt', at('EG', '11511', 'القاهرة', '', 'شارع التحرير 1'), 'شارع التحرير 1|القاهرة|11511|مصر'],
  ['Israel', at('IL', '6100000', 'תל אביב', '', 'הרצל 1'), 'הרצל 1|תל אביב 6100000|ישראל'],
  ['Iran', at('IR', '', 'تهران', 'تهران', 'خیابان ۱'), 'تهران|خیابان ۱|ایران'],
  ['Thailand', at('TH', '10200', 'พระนคร', 'กรุงเทพฯ', '1 ถนน'), '1 ถนน|พระนคร|กรุงเทพฯ 10200|ไทย'],
  ['Germany in Chinese', at('DE', '20457', '汉堡', '', '林登大街7号'), '林登大街7号|20457 汉堡|德国'],
  ['China in Russian', at('CN', '', 'Шанхай', '', 'ул. 1'), 'ул. 1|Шанхай|Китай'],
  ['no country', at(null, '12345', 'Anywhere', 'Region', '1 Road'), '1 Road|Anywhere|Region|12345'],
  ['no country, in Chinese', at(null, '215000', '苏州市', '江苏省', '人民路1号'), '215000|江苏省苏州市|人民路1号'],
  ['no country, in Korean', at(null, '', '중구', '서울특별시', '세종대로 110'), '서울특별시 중구|세종대로 110'],
  ['a country as written', { ...at(null, '', 'Oz', '', '1'), countryName: 'Neverland' }, '1|Oz|Neverland'],
  ['a country without a format', at('AO', '', 'Luanda', '', 'Rua 1'), 'Rua 1|Luanda|Angola'],
  ['only a country', at('CN', '', '', ''), 'China'],
  ['only a postal code', at('US', '94303', '', ''), '94303|United States'],
  ['only a region', at('DE', '', '', 'Bayern'), 'Bayern|Germany'],
  ['only lines', at('DE', '', '', '', 'c/o Ana', 'Haus 3', 'Kai 1'), 'c/o Ana|Haus 3|Kai 1|Germany'],
  ['signs', at('DE', '', 'Köln🏙️', '', '👩‍👩‍👧 Straße 1'), '👩‍👩‍👧 Straße 1|Köln🏙️|Germany'],
  ['what is stored without some parts', { city: 'Köln', country: 'DE' }, 'Köln|Germany'],
  ['nothing', {}, ''],
])('an address is written as in its country: %s', (_, address, expected) => {
  expect(formatAddress(address)).toEqual(expected ? expected.split('|') : [])
})

test('a long line stays one line', () => {
  const [line, city] = ['路'.repeat(200), 'C'.repeat(100)]
  expect(formatAddress(at('CN', '', city, '', line))).toEqual([`中国${city}`, line])
  expect(formatAddress(at('DE', '', city, '', 'l'.repeat(200)))).toEqual(['l'.repeat(200), city, 'Germany'])
})

const texts = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('南京路', '東京', 'みなみ', '서울', 'Москва', 'القاهرة', 'תל אביב', '1 Road', '👩‍👩‍👧', '〒'),
)
const maybe = fc.option(texts)
const addresses = fc
  .record({
    lines: fc.array(texts, { maxLength: 6 }),
    ...{ city: maybe, region: maybe, postalCode: maybe, countryName: maybe },
    country: fc.option(fc.constantFrom(...countries)),
  })
  .map(({ lines, country, ...parts }) => {
    // No part is like another one, or like a part of it.
    let number = 0
    const own = (text: string | null) => (text === null ? null : `${text.replaceAll('#', '')}#${number++}#`)
    return {
      lines: lines.map((line) => own(line)!),
      ...{ city: own(parts.city), region: own(parts.region), postalCode: own(parts.postalCode), country },
      countryName: country ? null : own(parts.countryName),
    }
  })

test('every part that is given is written once, and nothing else but marks and the name of the country', () => {
  const property = fc.property(addresses, ({ lines, country, ...parts }) => {
    const given = [...lines, ...Object.values(parts).filter((part) => part !== null)]
    const formatted = formatAddress({ lines, country, ...parts })
    expect(formatted.length).toBeLessThanOrEqual(formattedLines.most)
    expect(formatted.filter((line) => line.trim() === '')).toEqual([])
    let rest = formatted.join('\n')
    for (const part of given) {
      expect(rest.split(part)).toHaveLength(2)
      rest = rest.replace(part, () => '')
    }
    const name = country && countryNameIn(scriptOf([...lines, parts.city, parts.region].join(' ')), country)
    if (name) {
      expect(rest).toContain(name)
      rest = rest.replace(name, '')
    }
    expect(rest.replaceAll(/[\s,/〒-]/g, '')).toBe('')
  })
  fc.assert(property, { numRuns: 500 })
})

test('every format places every part once, the lines by themselves', () => {
  const faults = [...countries, undefined].flatMap((country) =>
    [true, false].flatMap((isEastAsian) => {
      const format = formatOf(country, isEastAsian)
      const isWhole =
        format
          .replaceAll(/[^A-Z]/g, '')
          .split('')
          .toSorted()
          .join('') === 'ACRSZ'
      return isWhole && format.split('|').includes('A') ? [] : [`${country}: ${format}`]
    }),
  )
  expect(faults).toEqual([])
})

test.each([
  ['30170011', 'BR', '30170-011'],
  ['30170-011', 'BR', '30170-011'],
  ['30 170 011', 'BR', '30170-011'],
  ['M6K1V2', 'CA', 'M6K 1V2'],
  ['71637', 'PL', '71-637'],
  ['1170169', 'PT', '1170-169'],
  ['SW1A1AA', 'GB', 'SW1A 1AA'],
  ['E10', 'GB', 'E10'],
  ['D02-TD99', 'IE', 'D02 TD99'],
  ['1234567', 'BR', '1234567'],
  ['20001;20002', 'PT', '20001;20002'],
  ['1000001', 'CN', '1000001'],
  ['1000001', null, '1000001'],
])('the postal code %s of %s is written %s', (code, country, expected) => {
  expect(writtenPostalCode(code, country)).toBe(expected)
})
