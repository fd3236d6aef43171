import fc from 'fast-check'
import { asciiDigits, foldText } from './fold.js'

test.each([
  ['Élan', 'elan', 'E\u0301LAN', 'ＥＬＡＮ'],
  ['Łódź', 'Lodz', 'ŁÓDŹ', 'łódz'],
  ["O'Neil", 'O’Neil', 'O`Neil', 'O´Neil', 'Oʼneil', 'ONEIL', 'O＇Neil', 'O‘Neil'],
  ['Straße', 'STRASSE', 'strasse', 'STRAẞE'],
  ['Işıl İnci', 'Isil Inci', 'IŞIL İNCI', 'ışıl inci'],
  ['Søren Ærø', 'Soren Aero', 'SØREN ÆRØ'],
  ['Đặng Thị', 'Dang Thi', 'đa\u0323\u0306ng thi\u0323'],
  ['Guðrún Þórsdóttir', 'Gudrun Thorsdottir'],
  ['ﬁne Œuvre', 'Fine Oeuvre'],
  ['Ёлкин', 'Елкин', 'ёлкин'],
  ['Ὀδυσσεύς', 'Οδυσσευσ', 'ΟΔΥΣΣΕΎΣ'],
  ['Jean‑Pierre', 'Jean-Pierre', 'Jean–Pierre', 'Jean－Pierre'],
  ['«Ромашка»', '“Ромашка”', '"Ромашка"', '「Ромашка」'],
  ['约翰·史密斯', '约翰・史密斯', '约翰•史密斯', '约翰･史密斯'],
  ['王　小明', '王 小明', '王\u00a0 小明'],
  ['カタカナ', 'ｶﾀｶﾅ', 'かたかな'],
  ['ガガ', 'ｶﾞｶﾞ', 'がが'],
  ['한글', '한글'.normalize('NFD')],
  ['مُحَمَّد', 'محمد', 'محـمد'],
  ['علي', 'علی', 'على', 'ﻋﻠﻲ', 'ﻋﻠﯽ'],
  ['كريم', 'کریم', 'كریم'],
  ['فاطمة', 'فاطمه', 'فاطمہ', 'فاطمۃ'],
  ['خانۀ', 'خانه', 'خانۂ'],
  ['שָׁלוֹם', 'שלום'],
  ['कंपनी १२', 'कंपनी 12'],
  ['Hawaiʻi', "Hawai'i", 'Hawaii'],
  ['٠١٢٣', '۰۱۲۳', '０１２３', '0123'],
  ['用户＠例子。公司', '用户@例子.公司', '用户@例子｡公司', '用户@例子．公司'],
  ['soft\u00adhyphen', 'softhyphen', 'soft\u200bhyphen'],
])('%s is found as it is written elsewhere', (...spellings) => {
  expect(new Set(spellings.map(foldText)).size).toBe(1)
})

test.each([
  ['か', 'が'],
  ['ハ', 'パ'],
  ['कि', 'क'],
  ['가', '각'],
  ['王', '玉'],
  ['a b', 'ab'],
  ['علي', 'علو'],
  ['張偉', '张伟'],
  ['Müller', 'Mueller'],
  ['Ærø', 'Aeroe'],
])('%s and %s stay two', (one, other) => {
  expect(foldText(one)).not.toBe(foldText(other))
})

test('folding twice, or after another normal form or case, changes nothing', () => {
  const upTo = (max: number) => fc.integer({ min: 0x20, max }).map((code) => String.fromCodePoint(code))
  fc.assert(
    fc.property(fc.string({ unit: fc.oneof(upTo(0x3ff), upTo(0x30ff), upTo(0xd7ff)) }), (text) => {
      const folded = foldText(text)
      expect(foldText(folded)).toBe(folded)
      expect(foldText(text.normalize('NFD'))).toBe(folded)
      expect(foldText(text.normalize('NFC'))).toBe(folded)
    }),
    { numRuns: 1_000 },
  )
  fc.assert(
    fc.property(fc.string({ unit: upTo(0x2ff) }), (text) => {
      expect(foldText(text.toLowerCase())).toBe(foldText(text))
    }),
  )
})

test('digits of any script are digits', () => {
  expect(asciiDigits('٠١٢٣٤٥٦٧٨٩ ۰۹ ०९ ０９ ߀߉ 𝟎𝟗𝟘𝟡 ᪀᪉᪐᪙ x7')).toBe('0123456789 09 09 09 09 0909 0909 x7')
})
