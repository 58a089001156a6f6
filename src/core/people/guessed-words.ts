// What guessers try first, Russian and English: words that stand alone or with digits behind, and ways over a keyboard.

/** Rows of keys, digits and letters; a walk goes along one of them either way, and may begin again at its end. */
export const ROWS: readonly string[] = [
  "1234567890",
  "0123456789",
  "abcdefghijklmnopqrstuvwxyz",
  "абвгдеёжзийклмнопрстуфхцчшщъыьэюя",
  "qwertyuiop[]asdfghjkl;'zxcvbnm,./",
  "qwertyuiopasdfghjklzxcvbnm",
  "asdfghjkl",
  "zxcvbnm",
  "йцукенгшщзхъфывапролджэячсмитьбю",
  "фывапролджэ",
  "ячсмитьбю",
  "qazwsxedcrfvtgbyhnujmikolp",
  "йфяцычувскамепинртгоьшлбщдюзжэ",
  "1qaz2wsx3edc4rfv5tgb6yhn7ujm8ik9ol0p",
  "1q2w3e4r5t6y7u8i9o0p",
  "q1w2e3r4t5y6u7i8o9p0",
  "1й2ц3у4к5е6н7г8ш9щ0з",
  "й1ц2у3к4е5н6г7ш8щ9з0",
  "1a2b3c4d5e6f7g8h9i",
  "a1b2c3d4e5f6g7h8i9",
  "!@#$%^&*()",
  '!"№;%:?*()',
  "147258369",
  "159357",
  "741852963",
  "123321",
  "112233445566778899",
  "aabbccddeeff",
  "aa11bb22cc33",
];

const TEXT = `
password passwords passw0rd passwd pass pwd parol paroli parolj пароль пароли паролька паролик
admin admins administrator administrators root user users username guest test tests tester testing demo
login logins logon signin welcome hello hallo letmein open opensesame secret secrets access changeme change default
master manager owner boss shop shops store market magazin магазин касса кассир kassa kassir prilavok prilavka прилавок
админ администратор менеджер директор владелец вход войти привет тест тестовый секрет доступ
company office server computer internet network system windows linux apple google yandex яндекс facebook
iloveyou love lovely loveme lover lovers любовь люблю ялюблютебя тебя lubov lyubov ljubov
monkey dragon tiger lion bear wolf eagle shadow sunshine princess prince queen king angel angels ангел
baby babe honey sweet sweety cookie chocolate summer winter spring autumn лето зима весна осень
football soccer hockey baseball basketball spartak zenit dinamo cska спартак зенит динамо футбол хоккей
superman batman spider pokemon starwars matrix trustno trustnoone blink freedom freeman killer hunter ranger
michael jordan jennifer jessica ashley daniel charlie thomas george robert andrew joshua matthew nicole michelle
alexander alexandr sasha sascha masha natasha marina irina elena olga svetlana tatiana tatyana ekaterina katya
andrey sergey dmitry dmitri vladimir maxim maksim ivan nikita anton pavel roman anna maria mariya julia yulia
саша маша наташа марина ирина елена ольга светлана татьяна екатерина катя андрей сергей дмитрий владимир максим
иван никита антон павел роман анна мария юлия алексей александр александра анастасия настя дима лена оля вова
moscow moskva russia rossiya россия москва питер petersburg spb ukraine london paris berlin
qwerty qwertyui qwert qwe qwer asdf asdfgh zxcv zxcvb zxc asd йцукен йцуке йцу ывап фыва
abc abcd abcde abcdef xyz xxx aaa zzz one two three four five six seven eight nine ten
computer samsung nokia iphone android sony playstation nintendo minecraft counter strike warcraft
mustang ferrari porsche mercedes corvette harley yamaha toyota honda
money dollar bank visa credit business success forever friend friends family mother father mama papa мама папа
happy lucky smile star stars sky moon sun sunny солнышко солнце звезда кошка котик собака кот пес
flower rose lily violet orange banana cherry apple lemon peach
god jesus christ heaven bless faith hope grace
cheese pepper ginger cookies coffee pizza burger хлеб молоко
january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
понедельник вторник среда четверг пятница суббота воскресенье
my me mine the is and you not its your our for i a in to no new old big best first last super mega the this that
мой моя мое моё наш это все всё новый новая старый самый первый
`;

/** Words, folded. */
export const GUESSED_WORDS: readonly string[] = TEXT.split(/\s+/).filter((word) => word !== "");
