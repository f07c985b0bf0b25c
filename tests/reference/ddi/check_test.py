"""The checker finds what is wrong: one breach in each document. `python3 -m unittest discover -s tests/reference/ddi -p '*_test.py'`"""
import unittest

from check import breaches

GOOD = """<codeBook xmlns="ddi:codebook:2_5" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="ddi:codebook:2_5 codebook.xsd" version="2.5" xml:lang="nb">
<stdyDscr><citation><titlStmt><titl>T</titl><IDNo>1</IDNo></titlStmt><verStmt><version>1</version></verStmt></citation></stdyDscr>
<fileDscr ID="f"><fileTxt><fileName>a.csv</fileName></fileTxt></fileDscr>
<dataDscr><varGrp ID="g" type="multipleResp" var="a b"><labl>L</labl></varGrp>
<var ID="a" name="a" files="f" intrvl="discrete"><labl xml:lang="nb">A</labl><security>S</security><qstn><qstnLit>Q</qstnLit><ivuInstr>I</ivuInstr></qstn>
<universe>U</universe><catgry missing="Y" missType="refused"><catValu>1</catValu><labl>One</labl></catgry><varFormat type="numeric"/><notes type="relevant">N</notes></var>
<var ID="b" name="b"/></dataDscr></codeBook>"""

# What is replaced by what, and what is said of which element in which line.
WRONG = [
    ('<codeBook xmlns="ddi:codebook:2_5"', '<codeBook xmlns="ddi:codebook:2_6"', None, None, None),
    ('version="2.5"', 'version="2.6"', 1, "codeBook", "must be '2.5'"),
    ("<titl>T</titl><IDNo>1</IDNo>", "<IDNo>1</IDNo>", 3, "titlStmt", "titl is missing"),
    ("<titl>T</titl><IDNo>1</IDNo>", "<IDNo>1</IDNo><titl>T</titl>", 3, "titlStmt", "titl is missing"),
    ("<titl>T</titl>", "<titl>T</titl><titl>T</titl>", 3, "titl", "at most 1 inside titlStmt"),
    ("<titl>T</titl>", "<titl><b/>T</titl>", 3, "b", "not allowed inside titl"),
    ("<citation><titlStmt>", "<citation>words<titlStmt>", 3, "citation", "text where only elements may stand"),
    ("</stdyDscr>", '</stdyDscr><docDscr/>', 3, "docDscr", "must stand before stdyDscr inside codeBook"),
    ('ID="g"', 'ID="a"', 6, "var", "the same ID as in line 5"),
    ('ID="g"', 'ID="1"', 5, "varGrp", "not of the type ID"),
    ('var="a b"', 'var="a c"', 5, "varGrp", "points to 'c'"),
    ('type="multipleResp"', 'type="multiple"', 5, "varGrp", "must be one of section"),
    (' name="b"', "", 8, "var", "the attribute name is missing"),
    (' name="b"', ' name="b" colour="red"', 8, "var", "no such attribute"),
    ('<labl xml:lang="nb">', '<labl xml:lang="1">', 6, "labl", "not of the type language"),
    ('<labl xml:lang="nb">', '<labl xml:lang="nb-">', 6, "labl", "not of the type language"),
    ("<catValu>1</catValu><labl>One</labl>", "<labl>One</labl><catValu>1</catValu>", 7, "catValu", "before labl inside catgry"),
    ('<varFormat type="numeric"/>', '<varFormat type="numeric"/><varFormat/>', 7, "varFormat", "at most 1 inside var"),
    ("<universe>U</universe>", "", 7, None, None),
    ("<security>S</security>", "<respUnit>S</respUnit>", 6, "respUnit", "the models do not describe it"),
    ("<qstnLit>Q</qstnLit>", "<labl>Q</labl>", 6, "labl", "not allowed inside qstn"),
    ("<varFormat type=\"numeric\"/><notes type=\"relevant\">N</notes>", "<notes>N</notes><varFormat/>", 7, "varFormat", "before notes inside var"),
    ("</dataDscr>", "</dataDscr", 8, "", "not XML"),
]


class Checker(unittest.TestCase):
    def test_a_good_document_has_no_breach(self):
        self.assertEqual(breaches(GOOD), [])

    def test_each_wrong_document_has_one(self):
        for old, new, line, element, what in WRONG:
            with self.subTest(new=new):
                self.assertEqual(GOOD.count(old), 1)
                found = breaches(GOOD.replace(old, new))
                if what is None:
                    # Of another namespace nothing is right; what may be left out is no breach.
                    self.assertEqual(bool(found), line is None)
                    continue
                self.assertTrue(any(breach[:2] == (line, element) and what in breach[2] for breach in found), found)


if __name__ == "__main__":
    unittest.main()
