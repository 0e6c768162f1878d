//! The top-level domains a link may end its host in.
//!
//! Source: the list of `twitter-text` 3.1.0 (March 2020, Apache-2.0), which links are counted by; a newer list would
//! count other links than the platform says it does.

use std::cmp::Ordering;

/// The ASCII ones, lower case and sorted, by length: those of `n` letters stand without separator at index `n`.
const ASCII: [&str; 19] = [
    "",
    "",
    "acadaeafagaialamanaoaqarasatauawaxazbabbbdbebfbgbhbibjblbmbnbobqbrbsbtbvbwbybzcacccdcfcgchcickclcmcn\
     cocrcucvcwcxcyczdedjdkdmdodzeceeegehereseteufifjfkfmfofrgagbgdgegfggghgiglgmgngpgqgrgsgtgugwgyhkhmhn\
     hrhthuidieiliminioiqirisitjejmjojpkekgkhkikmknkpkrkwkykzlalblclilklrlsltlulvlymamcmdmemfmgmhmkmlmmmn\
     mompmqmrmsmtmumvmwmxmymznancnenfngninlnonpnrnunzompapepfpgphpkplpmpnprpsptpwpyqarerorsrurwsasbscsdse\
     sgshsisjskslsmsnsosrssstsusvsxsysztctdtftgthtjtktltmtntotptrtttvtwtzuaugukumusuyuzvavcvevgvivnvuwfws\
     yeytzazmzw",
    "aaaabbabcacoadsaegaflaiganzaolappartawsaxabarbbcbbtbcgbcnbetbidbiobizbmsbmwbnlbomboobotboxbuybzhcabc\
     alcamcarcatcbacbncbscebceocfacfdcomcpacrscscdaddayddsdevdhldiydnpdogdotdtvdvreatecoeduesqeusfanfitfl\
     yfoofoxfrlftrfunfyigalgapgaygdngeaglegmogmxgoogopgotgovhbohivhkthothowhtcibmiceicuifmincinginkintist\
     itviwcjcbjcpjiojlcjlljmpjnjjotjoykfhkiakimkpnkrdlatlawldsllcllplollplltdmanmapmbamcdmedmenmeomilmitm\
     lbmlsmmamoemoimommovmsdmtnmtrnabnbanecnetnewnflngonhknownranrwnttnycobioffoneongonloooorgottovhpaype\
     tphdpidpinpncproprupubpwcqvcredrenrilrioriprunrwesapsassbisbsscascbsessewsexsfrskiskysoysrlsrtstctab\
     taxtcitdktelthdtjxtoptrvtuitvsubsunouolupsvetvigvinvipwedwinwmewowwtcwtfxinxxxxyzyouyunzip",
    "aarpableadacaeroaigoakdnallyamexarabarmyarpaarteasdaasiaaudiautobabybandbankbbvabeerbestbikebingblog\
     bluebofabondbookbuzzcafecallcampcarecarscasacasecashcbrecernchatciticityclubcoolcoopcyoudatadatedclk\
     dealdelldesidietdishdocsdohaduckdunsdvagernifagefailfansfarmfastfiatfidofilmfirefishflirfoodfordfree\
     fundgamegbizgentggeegiftgmbhgoldgolfgooggugeguruhairhaushdfchelpherehgtvhosthsbcicbcieeeimdbimmoinfo\
     itaujavajeepjobsjprskddikiwikpmgkredlandlegolgbtlidllifelikelimolinkliveloanloftloveltdaluxemaifmeet\
     mememenuminimintmobimodamotomtpcnamenavynewsnextniconikeolloopenpageparspccwpicspingpinkplaypluspohl\
     pornpostprodprofqponraidreadreitrentrestrichrmitroomrsvpruhrsafesalesaposarlsavesaxoscorscotseatseek\
     sexyshawshiashopshowsilksinasiteskinsncfsohusongsonyspotstarsurftalktaxiteamtechtevatiaatipstowntoys\
     tubevanavisavivavivovotevotowangweirwienwikiwineworkxboxyogazarazerozone",
    "actoradultaetnaamfamamicaapplearchiaudioautosazurebaidubeatsbiblebingoblackboatsbootsboschbuildcanon\
     cardschasecheapchloeciscociticclickcloudcoachcodescrowncymrudaburdancedealsdeltadodgedrivedubaiearth\
     edekaemailepostepsonfaithfedexfinalforexforumgallogamesgiftsgivesgladeglassglobogmailgreengripegroup\
     gucciguidehomeshondahorsehousehyattiinetikanointelirishivecojetztkoelnkyotolamerleaselegallexuslilly\
     lindelipsylixilloanslocuslottelottolupinmacysmangomediamiamimoneymoparmovienadexnexusnikonninjanokia\
     nowtvomegaonionosakaparispartspartyphonephotopizzaplacepokerpraxipressprimepromoquestradiorehabreise\
     ricohrocksrodeorugbysalonsenersevensharpshellshoesskypeslingsmartsmilesolarspacesportstadastorestudy\
     stylesucksswisstatartirestiroltmalltodaytokyotoolstoraytotaltourstradetrusttunestushuubankvegasvideo\
     vistavodkavolvowaleswatchweberweiboworksworldxeroxyahoozippo",
    "abarthabbottabbvieactiveafricaagencyairbusairtelalipayalsacealstomanquanaramcoauthorbayernbeautyberl\
     inbhartiblancobostikbostonbrokercameracareercaseihcasinocenterchanelchromechurchcircleclaimsclinicco\
     ffeecomseccondoscouponcreditcruisedatingdatsundealerdegreedentaldesigndirectdoctordoosandunlopdupont\
     durbanemerckenergyestateeventsexpertfamilyflickrfutbolgallupgardengeorgegivingglobalgooglegratisheal\
     thhermeshiphophockeyhotelshughesimamatinsureintuitjaguarjoburgjuegoskaufenkinderkindlekosherlanciala\
     tinolawyerlefraklivinglockerlondonluxurymadridmaisonmakeupmarketmattelmobilemobilymonashmormonmoscow\
     museummutualnagoyanaturanissannissaynortonnowruzofficeolayanonlineoracleorangeotsukapfizerphotosphys\
     iopiagetpictetquebecracingrealtyreisenrepairreportreviewrocherrogersryukyusafetysakurasanofischoolsc\
     hulesearchsecureselectshoujisoccersocialstreamstudiosupplysuzukiswatchsydneytaipeitaobaotargettattoo\
     tennistiendatjmaxxtkmaxxtoyotatravelunicomviajesvikingvillasvirginvisionvotingvoyagevueloswalterwarm\
     anwebcamxihuanxperiayachtsyandexzappos",
    "abogadoacademyagakhanalibabaandroidathletaauctionaudibleauspostaviancabanamexbauhausbentleybestbuybo\
     okingbrotherbugatticapitalcaravancareerscartierchannelcharitychintaicitadelclubmedcollegecolognecomc\
     astcompanycomparecontactcookingcorsicacountrycouponscoursescricketcruisesdentistdigitaldomainsexpose\
     dexpressfarmersfashionferrariferrerofinancefishingfitnessflightsfloristflowersforsalefrogansfujitsug\
     allerygentinggodaddygroceryguitarshamburghangouthitachiholidayhostinghoteleshotmailhyundaiiselectism\
     ailijewelryjuniperkitchenkomatsulacaixalancomelanxesslasallelatrobeleclercliaisonlimitedlincolnmarke\
     tsmetlifemonsternetbanknetflixnetworkneustarokinawaoldnavyorganicoriginspaneraiphilipspioneerpolitie\
     realtorrecipesrentalsreviewsrexrothsamsungsandvikschmidtschwarzscienceshikshashriramsinglesspiegelst\
     aplesstarhubstatoilstoragesupportsurgerysystemstemasektheatertheatreticketstiffanytoshibatradingwalm\
     artwanggouwatchesweatherwebsiteweddingwhoswhowindowswinnersxfinityyamaxunyoutubezuerich",
    "abudhabiairforceallstateattorneybarclaysbarefootbargainsbaseballboutiquebradescobroadwaybrusselsbuda\
     pestbuildersbusinesscapetowncateringcatholicchryslerciprianicityeatscleaningcliniqueclothingcommbank\
     computerdeliverydeloittedemocratdiamondsdiscountdiscoverdownloadengineerericssonesuranceetisalatever\
     bankexchangefeedbackfidelityfirmdaleflsmidthfootballfrontiergoodyeargraingergraphicsguardianhdfcbank\
     helsinkiholdingshospitalinfinitiipirangaistanbuljpmorganlightinglundbeckmarriottmaseratimckinseymemo\
     rialmerckmsdmortgagemovistarmutuelleobserverpartnerspharmacypicturesplumbingpropertyredstonereliance\
     saarlandsamsclubsecurityservicesshoppingshowtimesoftbanksoftwarestcgroupsuppliessymantectelecitytrai\
     ninguconnectvanguardventuresverisignwoodsideyokohama",
    "accenturealfaromeoallfinanzamsterdamanalyticsaquarellebarcelonabloombergchristmascommunitydirectorye\
     ducationequipmentfairwindsfinancialfirestonefreseniusfrontdoorfujixeroxfurnituregoldpointgoodhandshi\
     samitsuhomedepothomegoodshomesensehoneywellinstituteinsurancekuokgroupladbrokeslancasterlandroverlif\
     estylemarketingmarshallsmcdonaldsmelbournemicrosoftmontblancpanasonicpassagenspramericarichardliscjo\
     hnsonshangrilasolutionsstatebankstatefarmstockholmtravelersvacationsyodobashi",
    "accountantapartmentsassociatesbasketballbnpparibasboehringercapitaloneconsultingcreditcardcuisinella\
     eurovisionextraspacefoundationhealthcareimmobilienindustriesmanagementmitsubishinationwidenewholland\
     nextdirectonyoursidepropertiesprotectionprudentialrealestaterepublicanrestaurantschaefflerswiftcover\
     tatamotorstechnologytelefonicauniversityvistaprintvlaanderenvolkswagen",
    "accountantsbarclaycardblackfridayblockbusterbridgestonecalvinkleincontractorscreditunionengineeringe\
     nterprisesfoodnetworkinvestmentskerryhotelslamborghinimotorcyclesolayangroupphotographyplaystationpr\
     oductionsprogressiveredumbrellarightathomewilliamhill",
    "constructionlplfinancialpamperedchefscholarshipsversicherung",
    "internationallifeinsuranceorientexpressspreadbettingtravelchannelwolterskluwer",
    "afamilycompanyamericanfamilybananarepubliccancerresearchcookingchannelkerrylogisticsweatherchannel",
    "americanexpresskerrypropertiessandvikcoromant",
    "",
    "",
    "northwesternmutualtravelersinsurance",
];

/// The others, lower case and sorted by their first letters; of those that share it the longest comes first, because
/// the first that fits is taken.
const OTHERS: [&str; 155] = [
    "vermögensberatung",
    "vermögensberater",
    "ελ",
    "ευ",
    "бел",
    "бг",
    "дети",
    "ею",
    "католик",
    "ком",
    "москва",
    "мкд",
    "мон",
    "онлайн",
    "орг",
    "рус",
    "рф",
    "сайт",
    "срб",
    "укр",
    "қаз",
    "հայ",
    "קום",
    "السعودية",
    "اتصالات",
    "البحرين",
    "الجزائر",
    "العليان",
    "ابوظبي",
    "ارامكو",
    "الاردن",
    "المغرب",
    "امارات",
    "ایران",
    "بازار",
    "بھارت",
    "بارت",
    "بيتك",
    "تونس",
    "سودان",
    "سورية",
    "شبكة",
    "عراق",
    "عمان",
    "عرب",
    "فلسطين",
    "قطر",
    "كاثوليك",
    "كوم",
    "موريتانيا",
    "موبايلي",
    "مليسيا",
    "موقع",
    "مصر",
    "همراه",
    "پاکستان",
    "ڀارت",
    "कॉम",
    "नेट",
    "भारतम्",
    "भारोत",
    "भारत",
    "संगठन",
    "বাংলা",
    "ভারত",
    "ভাৰত",
    "ਭਾਰਤ",
    "ભારત",
    "ଭାରତ",
    "இந்தியா",
    "இலங்கை",
    "சிங்கப்பூர்",
    "భారత్",
    "ಭಾರತ",
    "ഭാരതം",
    "ලංකා",
    "คอม",
    "ไทย",
    "ລາວ",
    "გე",
    "みんな",
    "クラウド",
    "グーグル",
    "コム",
    "ストア",
    "セール",
    "ファッション",
    "ポイント",
    "世界",
    "中文网",
    "中信",
    "中国",
    "中國",
    "企业",
    "佛山",
    "信息",
    "健康",
    "八卦",
    "公司",
    "公益",
    "台湾",
    "台灣",
    "商城",
    "商店",
    "商标",
    "嘉里大酒店",
    "嘉里",
    "在线",
    "大众汽车",
    "大拿",
    "天主教",
    "娱乐",
    "家電",
    "工行",
    "广东",
    "微博",
    "慈善",
    "我爱你",
    "手机",
    "手表",
    "招聘",
    "政务",
    "政府",
    "新加坡",
    "新闻",
    "时尚",
    "書籍",
    "机构",
    "淡马锡",
    "游戏",
    "澳門",
    "点看",
    "珠宝",
    "移动",
    "组织机构",
    "网址",
    "网店",
    "网站",
    "网络",
    "联通",
    "诺基亚",
    "谷歌",
    "购物",
    "通販",
    "集团",
    "電訊盈科",
    "飞利浦",
    "食品",
    "餐厅",
    "香格里拉",
    "香港",
    "닷넷",
    "닷컴",
    "삼성",
    "한국",
];

/// Whether the ASCII letters are a top-level domain, in either case.
pub(super) fn is_ascii_tld(letters: &[u8]) -> bool {
    let width = letters.len();
    let Some(row) = ASCII.get(width).map(|row| row.as_bytes()) else { return false };
    let (mut low, mut high) = (0, row.len().checked_div(width).unwrap_or(0));
    while low < high {
        let middle = (low + high) / 2;
        let Some(entry) = row.get(middle * width..(middle + 1) * width) else { return false };
        let lower = letters.iter().map(u8::to_ascii_lowercase);
        match entry.iter().copied().cmp(lower) {
            Ordering::Less => low = middle + 1,
            Ordering::Equal => return true,
            Ordering::Greater => high = middle,
        }
    }
    false
}

/// The length of the longest ASCII top-level domain.
pub(super) const LONGEST: usize = ASCII.len() - 1;

/// The internationalised top-level domains `text` begins with, in either case: their lengths in bytes, the longest
/// first.
pub(super) fn other_tlds(text: &str) -> impl Iterator<Item = usize> {
    let first = text.chars().next().and_then(lower);
    let start = OTHERS.partition_point(|tld| tld.chars().next() < first);
    let rest = OTHERS.get(start..).unwrap_or_default();
    rest.iter().take_while(move |tld| tld.chars().next() == first).filter_map(|tld| {
        let mut rest = text.chars();
        let fits = tld.chars().all(|letter| rest.next().is_some_and(|c| lower(c) == Some(letter)));
        fits.then(|| text.len() - rest.as_str().len())
    })
}

/// The lower case of `c`, if it is one letter.
fn lower(c: char) -> Option<char> {
    let mut letters = c.to_lowercase();
    letters.next().filter(|_| letters.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_sorted_and_whole() {
        let mut count = 0;
        for (length, row) in ASCII.iter().enumerate().filter(|(_, row)| !row.is_empty()) {
            assert_eq!(row.len() % length, 0);
            let entries: Vec<&[u8]> = row.as_bytes().chunks(length).collect();
            assert!(entries.windows(2).all(|pair| pair[0] < pair[1]));
            assert!(entries.iter().all(|tld| is_ascii_tld(tld) && is_ascii_tld(&tld.to_ascii_uppercase())));
            count += entries.len();
        }
        let firsts: Vec<char> = OTHERS.iter().map(|tld| tld.chars().next().unwrap()).collect();
        assert!(firsts.is_sorted());
        assert!(OTHERS.iter().all(|tld| other_tlds(tld).any(|length| length == tld.len())));
        assert_eq!((count, OTHERS.len()), (1419, 155));
    }

    #[test]
    fn what_is_none_is_none() {
        for none in ["", "x", "comm", "xx", "zz", "afamilycompanyafamilycompany"] {
            assert!(!is_ascii_tld(none.as_bytes()), "{none}");
        }
        assert_eq!(other_tlds("com").next(), None);
    }

    #[test]
    fn the_longest_is_taken_in_either_case() {
        assert!(other_tlds("嘉里大酒店/").eq(["嘉里大酒店".len(), "嘉里".len()]));
        assert!(other_tlds("嘉里/").eq(["嘉里".len()]));
        assert!(other_tlds("РФ").eq(["рф".len()]));
    }
}
