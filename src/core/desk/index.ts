// The door of the desk: what an item is, and the one filter that finds it.
export {
  addDays,
  type Days,
  dayOf,
  dayOfEpoch,
  daysBetween,
  daysOf,
  PERIODS,
  type Period,
  readDay,
  weekday,
  writeDay,
} from "./day.ts";
export {
  BEINGS,
  type Being,
  type Condition,
  containsStems,
  type Filter,
  type FilterTest,
  HAVINGS,
  type Having,
  isMatch,
  RANGE_FIELDS,
  type RangeField,
  WORD_FIELDS,
  type WordField,
} from "./filter.ts";
export {
  CONDITION_LIMIT,
  FILTER_LIMIT,
  type FilterContext,
  type FilterProblem,
  readFilter,
} from "./filter-reading.ts";
export {
  ANSWER_WORDS,
  type AnswerWord,
  APPEALS,
  type Appeal,
  DESK_SOURCES,
  DESK_STATES,
  type DeskDish,
  type DeskItem,
  type DeskSource,
  type DeskState,
} from "./item.ts";
