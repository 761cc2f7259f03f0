/// CJK folding for text that is compared as characters.
public enum CJK {
    /// The ideograph that a radical code point stands for; anything else as it is.
    public static func fold(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        guard scalar.value >= 0x2E80, scalar.value <= 0x2FDF else { return scalar }
        return Unicode.Scalar(fold(scalar.value)) ?? scalar
    }

    /// The same for a scalar's value.
    public static func fold(_ value: UInt32) -> UInt32 { Radicals.fold(value) }
}

/// CJK radical code points that some PDFs carry in place of the ideographs they look like (Unicode, EquivalentUnifiedIdeograph.txt).
enum Radicals {
    private static let pairs: [UInt32: UInt32] = [
        0x2E81: 0x5382, 0x2E88: 0x5200, 0x2E8B: 0x353E, 0x2E97: 0x5FC3, 0x2E9F: 0x6BCD, 0x2EA0: 0x6C11, 0x2EAA: 0x758B,
        0x2EB3: 0x7F52, 0x2EC1: 0x864E,
        0x2EC4: 0x897F, 0x2EC5: 0x89C1, 0x2EC6: 0x89D2, 0x2EC8: 0x8BA0, 0x2EC9: 0x8D1D, 0x2ECB: 0x8F66, 0x2ED1: 0x9577,
        0x2ED3: 0x957F, 0x2ED4: 0x95E8,
        0x2ED8: 0x9752, 0x2ED9: 0x97E6, 0x2EDA: 0x9875, 0x2EDB: 0x98CE, 0x2EDC: 0x98DE, 0x2EDD: 0x98DF, 0x2EE2: 0x9A6C,
        0x2EE3: 0x9AA8, 0x2EE4: 0x9B3C,
        0x2EE5: 0x9C7C, 0x2EE6: 0x9E1F, 0x2EE8: 0x9EA6, 0x2EE9: 0x9EC4, 0x2EEC: 0x9F50, 0x2EEE: 0x9F7F, 0x2EF0: 0x9F99,
        0x2EF3: 0x9F9F,
    ]
    /// The 214 Kangxi radicals U+2F00...U+2FD5 in order, as unified ideographs.
    private static let kangxi: [UInt32] = Array(
        "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈戶手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠"
            .unicodeScalars.map(\.value))

    static func fold(_ scalar: UInt32) -> UInt32 {
        if scalar >= 0x2F00, scalar <= 0x2FD5, Int(scalar - 0x2F00) < kangxi.count {
            return kangxi[Int(scalar - 0x2F00)]
        }
        return pairs[scalar] ?? scalar
    }
}
