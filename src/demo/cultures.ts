/** One name as its bearer writes it, and in Latin letters for a login. */
export interface Name {
  readonly written: string;
  readonly latin: string;
}

export interface Culture {
  readonly language: string;
  readonly given: readonly Name[];
  readonly family: readonly Name[];
  /** What stands between the names, and whether the family name comes first: 山田 太郎, Nagy Ágnes. */
  readonly joined: string;
  readonly familyFirst: boolean;
}

/** Names are separated by blanks; those in other scripts carry their Latin form after a slash. */
function culture(
  language: string,
  given: string,
  family: string,
  order: Partial<Pick<Culture, 'joined' | 'familyFirst'>> = {},
): Culture {
  return { language, given: parseNames(given), family: parseNames(family), joined: ' ', familyFirst: false, ...order };
}

function parseNames(text: string): readonly Name[] {
  return text.split(' ').map((name) => {
    const [written = name, latin = written] = name.split('/');
    return { written, latin };
  });
}

// biome-ignore format: a table, one culture a paragraph
export const CULTURES = {
  english: culture('en',
    'Alice Benjamin Charlotte Daniel Eleanor Frederick Grace Henry Isabel Jack Katherine Liam Megan Nathan Olivia Peter Rose Samuel Tessa William',
    'Ashworth Barlow Carter Dawson Ellis Fletcher Graham Holloway Irving Jennings Kendrick Lockwood Marsh Norris Osborne Prescott Radcliffe Sutton Thornton Whitaker'),
  irish: culture('en-IE',
    'Aoife Brendan Ciarán Deirdre Eoin Fionnuala Gráinne Niamh Oisín Pádraig Róisín Saoirse Séamus Siobhán Tadhg Úna',
    "O'Brien O'Shea Byrne Kavanagh Doyle Gallagher McCarthy Nolan Fitzgerald Mulligan Quinn Flynn Brennan Moran Duffy Keane"),
  german: culture('de',
    'Anke Björn Claudia Dörte Emil Friederike Günter Hannelore Ingo Jürgen Käthe Lukas Mareike Nils Petra Rüdiger Sören Ulrike Vera Wolfgang',
    'Albrecht Böhm Dietrich Eichhorn Fuchs Großmann Hübner Jäger Köhler Lindemann Müller Neumann Pfeiffer Richter Schäfer Schröder Vogel Weiß Zimmermann Krüger'),
  french: culture('fr',
    'Aurélie Benoît Céline Didier Élodie François Geneviève Hélène Inès Jérôme Léa Maël Noémie Océane Rémi Solène Thibault Zoé',
    'Beaumont Chevalier Delacroix Fournier Gérard Lefèvre Marchand Noël Perrin Rousseau Sénéchal Vasseur Bénard Guérin Légaré Garçon Durand Maçon'),
  spanish: culture('es',
    'Álvaro Beatriz Carmen Diego Elena Fermín Gloria Íñigo Jimena Lucía Martín Nuria Óscar Pilar Raúl Sofía Tomás Verónica',
    'Aguilar Benítez Cárdenas Domínguez Echeverría Fernández García Hernández Ibáñez Jiménez López Muñoz Núñez Ordóñez Peña Quiñones Ramírez Sánchez'),
  portuguese: culture('pt',
    'André Beatriz Caetano Débora Estêvão Fátima Gonçalo Helena Inês João Letícia Mônica Natália Otávio Rogério Simão Tânia Vinícius',
    'Almeida Brandão Carvalho Conceição Duarte Esteves Falcão Gonçalves Leitão Magalhães Nóbrega Oliveira Pacheco Queirós Ribeiro Simões Teixeira Vilaça'),
  italian: culture('it',
    'Alessia Bruno Chiara Davide Elisa Fabrizio Ginevra Lorenzo Margherita Niccolò Ornella Paolo Raffaella Stefano Teresa Vittorio',
    "Amato Bianchi Caruso D'Angelo Esposito Ferrari Galli Lombardi Moretti Nicoletti Orlando Pellegrini Ricci Santoro Testa Zanetti"),
  dutch: culture('nl',
    'Anouk Bram Cornelis Daphne Eefje Floris Geert Hanneke Ineke Joost Koen Lieke Maarten Noor Roelof Saskia Tijmen Wouter',
    'Bakker Brouwer Dekker Dijkstra Groen Hendriks Huisman Jansen Kuipers Mulder Postma Schouten Smeets Timmermans Verhoeven Visser Willems Zijlstra'),
  swedish: culture('sv',
    'Åsa Björn Cecilia Elin Fredrik Gunnar Håkan Ingrid Jörgen Kerstin Lovisa Märta Oskar Pernilla Rasmus Sigrid Torbjörn Ylva',
    'Åberg Bergström Dahl Ekström Forsberg Grönlund Hägg Isaksson Jönsson Källström Lundqvist Nyström Öberg Palm Rosén Sjöberg Törnqvist Wikström'),
  danish: culture('da',
    'Anders Birgitte Claus Dorthe Esben Freja Gitte Henrik Jørgen Kirsten Lærke Mads Niels Pernille Rune Søren Trine Viggo',
    'Andersen Bjerregaard Christensen Dalsgaard Frandsen Højgaard Iversen Jørgensen Kjær Lauridsen Møller Nørgaard Østergaard Poulsen Rasmussen Sørensen Thomsen Vestergaard'),
  icelandic: culture('is',
    'Anna Birna Davíð Elín Friðrik Guðrún Hrafn Ísak Jóhanna Katrín Ólafur Ragnheiður Sigurður Þóra Ævar Ögmundur',
    'Árnadóttir Bjarnason Einarsdóttir Friðriksson Guðmundsdóttir Helgason Jónsdóttir Kristjánsson Magnúsdóttir Ólafsson Pétursdóttir Sigurðsson Sveinsdóttir Þorsteinsson'),
  finnish: culture('fi',
    'Aino Antti Eero Eeva Hannu Ilmari Jukka Kaisa Lauri Marjatta Niilo Outi Päivi Riikka Seppo Tuuli Väinö Yrjö',
    'Aaltonen Heikkinen Hämäläinen Järvinen Kärkkäinen Lehtonen Mäkelä Nieminen Ojala Pöysti Räsänen Salminen Tähtinen Uusitalo Väisänen Ylönen'),
  polish: culture('pl',
    'Agnieszka Błażej Celina Dariusz Elżbieta Grażyna Henryk Jędrzej Kazimierz Łucja Małgorzata Paweł Rafał Stanisława Wacław Żaneta',
    'Błaszczyk Chmielewski Dąbrowski Górski Jabłoński Kowalczyk Łukasik Mróz Nowicki Ożóg Piątek Rutkowski Śliwa Wójcik Zając Żurek'),
  czech: culture('cs',
    'Alžběta Bohumil Čeněk Dagmar Eliška František Hynek Jiří Květa Lubomír Miloš Naděžda Ondřej Růžena Štěpán Zdeňka',
    'Beneš Čermák Dvořák Fiala Havlík Jeřábek Kučera Liška Marešová Němec Pokorný Růžička Šimek Tichý Vaněk Žák'),
  hungarian: culture('hu',
    'Ágnes Balázs Csilla Dénes Erzsébet Ferenc Gergő Ilona József Katalin László Márta Ödön Piroska Sándor Tünde Zoltán Zsófia',
    'Balogh Csernus Dömötör Erdős Fekete Gáspár Horváth Juhász Kővári Lőrincz Mészáros Nagy Oláh Pásztor Szűcs Török Vörös Zsoldos',
    { familyFirst: true }),
  romanian: culture('ro',
    'Adina Bogdan Călin Dănuț Elena Floarea Gheorghe Horațiu Ileana Luminița Mihăiță Nicoleta Petru Rodica Ștefan Țuca',
    'Albu Bălan Cojocaru Dănilă Enache Florescu Grigorescu Iliescu Lăzărescu Munteanu Negrea Păun Rădulescu Șerban Țurcanu Văduva'),
  turkish: culture('tr',
    'Ayşe Barış Çiğdem Deniz Emine Gülşen Hüseyin İpek Kağan Leyla Müge Nazlı Ömer Rüya Şebnem Tuğba Ümit Yağmur',
    'Aydın Bozkurt Çelik Demir Erdoğdu Güneş Işık Kılıç Koç Öztürk Polat Şahin Taş Uçar Yıldız Yücel'),
  greek: culture('el',
    'Αλέξανδρος/Alexandros Βασιλική/Vasiliki Γιώργος/Giorgos Δήμητρα/Dimitra Ελένη/Eleni Ζωή/Zoi Θανάσης/Thanasis Ιωάννα/Ioanna Κώστας/Kostas Μαρία/Maria Νίκος/Nikos Σοφία/Sofia Φώτης/Fotis Χριστίνα/Christina',
    'Αγγελόπουλος/Angelopoulos Βλάχος/Vlachos Γεωργίου/Georgiou Δημητρίου/Dimitriou Ιωαννίδης/Ioannidis Καραγιάννη/Karagianni Λάμπρου/Lamprou Μακρής/Makris Νικολάου/Nikolaou Οικονόμου/Oikonomou Παππάς/Pappas Σταύρου/Stavrou'),
  ukrainian: culture('uk',
    'Андрій/Andrii Богдан/Bohdan Василь/Vasyl Ганна/Hanna Дарина/Daryna Євген/Yevhen Зоряна/Zoriana Ірина/Iryna Катерина/Kateryna Леся/Lesia Микола/Mykola Оксана/Oksana Олена/Olena Тарас/Taras Юлія/Yuliia Ярослав/Yaroslav',
    'Бондар/Bondar Василенко/Vasylenko Гончар/Honchar Дорошенко/Doroshenko Захарчук/Zakharchuk Іваненко/Ivanenko Коваль/Koval Лисенко/Lysenko Мельник/Melnyk Назаренко/Nazarenko Павленко/Pavlenko Романюк/Romaniuk Савчук/Savchuk Ткач/Tkach Франчук/Franchuk Шевчук/Shevchuk'),
  chinese: culture('zh-Hans',
    '伟/Wei 芳/Fang 静/Jing 磊/Lei 敏/Min 丽/Li 强/Qiang 洋/Yang 艳/Yan 勇/Yong 杰/Jie 娟/Juan 涛/Tao 明/Ming 秀英/Xiuying 晓东/Xiaodong 雨桐/Yutong 子涵/Zihan',
    '王/Wang 李/Li 张/Zhang 刘/Liu 陈/Chen 杨/Yang 赵/Zhao 黄/Huang 周/Zhou 吴/Wu 徐/Xu 孙/Sun 胡/Hu 朱/Zhu 高/Gao 林/Lin 何/He 郭/Guo',
    { joined: '', familyFirst: true }),
  japanese: culture('ja',
    '太郎/Taro 花子/Hanako 健一/Kenichi 美咲/Misaki 翔太/Shota 陽子/Yoko 大輔/Daisuke 恵/Megumi 直樹/Naoki 由美/Yumi 拓也/Takuya 愛/Ai 誠/Makoto さくら/Sakura 学/Manabu 智子/Tomoko',
    '佐藤/Sato 鈴木/Suzuki 高橋/Takahashi 田中/Tanaka 渡辺/Watanabe 伊藤/Ito 山本/Yamamoto 中村/Nakamura 小林/Kobayashi 加藤/Kato 吉田/Yoshida 山田/Yamada 佐々木/Sasaki 松本/Matsumoto 井上/Inoue 木村/Kimura',
    { familyFirst: true }),
  korean: culture('ko',
    '민준/Minjun 서연/Seoyeon 지훈/Jihun 수빈/Subin 현우/Hyunwoo 지은/Jieun 도윤/Doyun 하은/Haeun 준서/Junseo 유진/Yujin 성호/Seongho 미경/Migyeong 태영/Taeyeong 은지/Eunji',
    '김/Kim 이/Lee 박/Park 최/Choi 정/Jung 강/Kang 조/Cho 윤/Yoon 장/Jang 임/Lim 한/Han 오/Oh 서/Seo 신/Shin',
    { joined: '', familyFirst: true }),
  vietnamese: culture('vi',
    'Anh Bình Chi Dũng Đức Giang Hương Khánh Linh Minh Ngọc Phúc Quỳnh Sơn Thảo Tuấn Uyên Vân',
    'Bùi Cao Đặng Đinh Đỗ Hồ Hoàng Huỳnh Lê Lương Ngô Nguyễn Phạm Phan Tạ Trần Trịnh Vũ',
    { familyFirst: true }),
  arabic: culture('ar',
    'أحمد/Ahmad أمينة/Amina بشير/Bashir جميلة/Jamila حسن/Hassan خديجة/Khadija رشيد/Rashid سلمى/Salma طارق/Tariq عائشة/Aisha عمر/Omar فاطمة/Fatima كريم/Karim ليلى/Layla نادية/Nadia يوسف/Yusuf',
    'البنا/Albanna الحداد/Alhaddad الخطيب/Alkhatib الصباغ/Alsabbagh العلي/Alali القاسم/Alqasim المصري/Almasri النجار/Alnajjar الهاشمي/Alhashimi بركات/Barakat خوري/Khoury درويش/Darwish سليمان/Suleiman عباس/Abbas منصور/Mansour ناصر/Nasser'),
  indian: culture('en-IN',
    'Aarav Ananya Bhavna Chetan Deepa Farhan Gauri Harish Ishaan Jaya Kavya Lakshmi Manish Nandini Pranav Radha Rohan Sunita Tanvi Vikram',
    'Agarwal Banerjee Chatterjee Deshpande Gupta Iyer Joshi Kulkarni Mehta Nair Patel Qureshi Rao Reddy Sharma Singh Subramaniam Tiwari Varma Yadav'),
  nigerian: culture('en-NG',
    'Adébáyọ̀ Amaka Babátúndé Chidi Chioma Ejiro Fọlákẹ́ Ibrahim Ifeoma Kẹ́hìndé Ngozi Obinna Olúwaseun Sadiq Táíwò Ugochi Yewande Zainab',
    'Abubakar Adéyẹmí Afolabi Balogun Chukwu Danjuma Eze Fálànà Igwe Lawal Mbah Nwosu Okafor Ogunleye Okoro Oyèlówò Suleman Uche'),
  kenyan: culture('en-KE',
    'Achieng Barasa Cherono Faith Juma Kamau Kiprop Makena Mwangi Naliaka Njeri Odhiambo Otieno Wambui Wanjiku Zawadi',
    'Chebet Gathoni Kariuki Kimani Kiplagat Koech Langat Maina Muthoni Mutua Ndegwa Njoroge Ochieng Okoth Omondi Wekesa'),
  indonesian: culture('id',
    'Agus Ayu Bambang Citra Dewi Eko Fitri Gilang Hendra Indah Joko Kartika Lestari Nurul Putri Rizky Siti Wahyu',
    'Anggraini Budiman Gunawan Halim Hidayat Kusuma Lubis Maharani Nasution Pranata Rahayu Santoso Setiawan Siregar Susanto Utami Wibowo Wijaya'),
} as const satisfies { readonly [name: string]: Culture };
