// Слова оболочки: рельс страниц, верхняя строка, клавиши, палитра.

/** Тексты оболочки. */
export const shell = {
  product: "Прилавок",
  pages: "Страницы",
  skip: "К содержимому",
  search: "Найти или перейти",
  paletteKeys: "Ctrl K",
  openMenu: "Открыть меню",
  closeMenu: "Закрыть меню",
  close: "Закрыть",
  otherLanguage: "EN — по-английски",
  otherLanguageName: "English",
  otherLanguageMark: "EN",
  personMenu: "Меню пользователя:",
  signOut: "Выйти",
  group: {
    today: "Сегодня",
    sales: "Продажи",
    customers: "Покупатели",
    feedback: "Отзывы",
    setup: "Устройство",
  },
  theme: { name: "Оформление", light: "Светлое", dark: "Тёмное", system: "Как в системе" },
  keys: {
    title: "Клавиши",
    palette: "Найти или перейти",
    search: "К строке поиска",
    sheet: "Эта подсказка",
    list: "Вниз и вверх по списку",
    open: "Открыть",
    select: "Выделить строку",
  },
  palette: {
    title: "Поиск и переход",
    placeholder: "Страница, номер заказа, телефон, код…",
    recent: "Недавнее",
    found: "Найдено",
    nothing: "Ничего не нашлось",
  },
};
