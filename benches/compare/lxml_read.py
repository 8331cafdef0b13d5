"""Reads a CityGML file the way scripts do: lxml.etree.iterparse, member by member, coordinates to floats.

Prints CPU seconds and what was found. usage: lxml_read.py FILE
"""
import sys
import time

from lxml import etree

start = time.process_time()
objects = surfaces = 0
for _, member in etree.iterparse(sys.argv[1], tag="{*}cityObjectMember", huge_tree=True):
    objects += len(member)
    for positions in member.iterfind(".//{*}Polygon/{*}exterior//{*}posList"):
        values = [float(word) for word in positions.text.split()]
        surfaces += 1
    member.clear()
    while member.getprevious() is not None:
        del member.getparent()[0]
print(time.process_time() - start, f"{objects} objects, {surfaces} surfaces")
