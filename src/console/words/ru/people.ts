// Слова страниц о сотрудниках.

/** Тексты о сотрудниках. */
export const people = {
  role: {
    viewer: "Наблюдатель",
    agent: "Оператор отзывов",
    branch_manager: "Управляющий филиалом",
    marketer: "Маркетолог",
    loyalty_manager: "Менеджер лояльности",
    administrator: "Администратор",
  },
};
